/*
 * A libvirt that answers what no real one does: errors and types of a later version, failures without an error, texts,
 * vCPU numbers with gaps. A domain's name says what it does. One connection, one thread.
 *
 * TOO_OLD leaves out what a libvirt before 0.9.13 lacks.
 */
#include <stdlib.h>
#include <string.h>
#include <stdint.h>
#include <stdio.h>

struct param { char field[80]; int type; union { int i; unsigned ui; long long l; unsigned long long ul; double d; char b; char *s; } value; };
struct node_param { char field[80]; unsigned long long value; };
struct error {
    int code, domain; char *message; int level; void *conn, *dom; char *str1, *str2, *str3; int int1, int2; void *net;
};
struct domain { char name[64]; int id; unsigned char uuid[16]; int refs; };
struct record { struct domain *dom; struct param *params; int nparams; };
struct vcpu { unsigned number; int state; unsigned long long time; int cpu; };

static struct error last;
static struct error *given;
static int alive_domains;
static int connections_opened;

static int fail(int code, int domain, const char *text) {
    last.code = code;
    last.domain = domain;
    last.message = (char *)text;
    last.level = 2;
    given = &last;
    return -1;
}

int virInitialize(void) { return 0; }
int virGetVersion(unsigned long *version, const char *type, unsigned long *type_version) {
#ifdef TOO_OLD
    *version = 9012;
#else
    *version = 9000000;
#endif
    return 0;
}
struct error *virGetLastError(void) { return given; }
void virResetLastError(void) { given = NULL; }
void virSetErrorFunc(void *data, void *function) {}
void virEventRegisterImpl(void *a, void *b, void *c, void *d, void *e, void *f) {}

void *virConnectOpenAuth(const char *name, void *auth, int flags) {
    static char connection[64];
    given = NULL;
    if (strstr(name, "fails-silently")) return NULL;
    if (strstr(name, "fails")) { fail(4711, 99, "an error of a later version"); return NULL; }
    connections_opened++;
    return connection;
}
int fakeConnectionsOpened(void) {
    int opened = connections_opened;
    connections_opened = 0;
    return opened;
}
int virConnectClose(void *conn) { return 0; }
int virConnectIsAlive(void *conn) { return 1; }
int virConnectSetKeepAlive(void *conn, int interval, unsigned count) { return fail(3, 20, "no keepalive"); }
int virConnectDomainEventRegisterAny(void *conn, void *dom, int id, void *cb, void *opaque, void *ff) {
    return fail(3, 20, "no events");
}
int virConnectGetLibVersion(void *conn, unsigned long *version) { *version = 9000000; return 0; }
int virDomainGetVcpus(struct domain *dom, struct vcpu *info, int max, unsigned char *maps, int len) {
    int count = 40 < max ? 40 : max;
    for (int i = 0; i < count; i++) info[i] = (struct vcpu){2 * i, i % 2 ? 2 : 1, 1000 + i, i ? i : -2};
    return count;
}
int virNodeGetCPUStats(void *conn, int cpu, struct node_param *params, int *nparams, unsigned flags) {
    static const char *names[] = {"kernel", "user", "idle", "iowait", "later"};
    if (!params) { *nparams = 5; return 0; }
    if (*nparams != 5) return fail(8, 0, "nparams must be 5");
    for (int i = 0; i < 5; i++) { strcpy(params[i].field, names[i]); params[i].value = 100 + i; }
    return 0;
}
int virDomainGetCPUStats(struct domain *dom, struct param *params, unsigned nparams, int start, unsigned ncpus, unsigned flags) {
    given = NULL;
    if (!strcmp(dom->name, "unknown-error")) return fail(4711, 99, "an error of a later version, gr\xc3\xb6\xc3\x9f" "er");
    if (!strcmp(dom->name, "silent")) return -1;
    if (strstr(dom->name, "stopped")) return fail(55, 20, "Requested operation is not valid: domain is not running");
    if (!params) return ncpus == 0 ? 3 : 6;
    static const int types[] = {4, 9, 7, 6, 5, 1};
    static const char *names[] = {"cpu_time", "later", "governor", "throttled", "share", "delta"};
    for (unsigned i = 0; i < nparams && i < 6; i++) {
        strcpy(params[i].field, names[i]);
        params[i].type = types[i];
        switch (types[i]) {
            case 4: params[i].value.ul = 18446744073709551615ULL; break;
            case 9: params[i].value.ul = 42; break;
            case 7: params[i].value.s = strdup("schedutil"); break;
            case 6: params[i].value.b = 1; break;
            case 5: params[i].value.d = 0.5; break;
            case 1: params[i].value.i = -5; break;
        }
    }
    return nparams < 6 ? nparams : 6;
}

/* fills what there is room for, a text and a type of a later version among it */
int virDomainGetSchedulerParametersFlags(struct domain *dom, struct param *params, int *nparams, unsigned flags) {
    if (strstr(dom->name, "unscheduled")) return fail(3, 10, "this function is not supported");
    if (*nparams < 3) return fail(8, 10, "room for 3 is needed");
    strcpy(params[0].field, "cpu_shares");
    params[0].type = 4;
    params[0].value.ul = flags == 2 ? 512 : 1024;
    strcpy(params[1].field, "vcpu_quota");
    params[1].type = 3;
    params[1].value.l = -1;
    strcpy(params[2].field, "later");
    params[2].type = 9;
    params[2].value.ul = 42;
    *nparams = 3;
    return 0;
}
int virDomainGetSchedulerParameters(struct domain *dom, struct param *params, int *nparams) {
    return virDomainGetSchedulerParametersFlags(dom, params, nparams, 0);
}
int virDomainGetVcpusFlags(struct domain *dom, unsigned flags) { return flags & 4 ? 3 : 2; }
/* vCPU 1 is offline: it has no CPU at all */
int virDomainGetVcpuPinInfo(struct domain *dom, int ncpumaps, unsigned char *maps, int len, unsigned flags) {
    memset(maps, 0, ncpumaps * len);
    maps[0] = 0x81;
    maps[2 * len] = flags == 2 ? 0x02 : 0x01;
    return ncpumaps;
}

static struct domain *make(const char *name, int id) {
    struct domain *dom = calloc(1, sizeof *dom);
    snprintf(dom->name, sizeof dom->name, "%s", name);
    dom->id = id;
    dom->refs = 1;
    dom->uuid[15] = id;
    alive_domains++;
    return dom;
}
struct domain *virDomainLookupByName(void *conn, const char *name) {
    given = NULL;
    if (!strcmp(name, "nobody")) { fail(42, 10, "Domain not found"); return NULL; }
    struct domain *dom = make(name, 7);
    if (strstr(name, "restarted")) dom->uuid[15] = 8; /* a look-up by uuid finds the run with the id 8 */
    return dom;
}
int virDomainDestroy(struct domain *dom) { return 0; }
struct domain *virDomainLookupByID(void *conn, int id) { return make("by-id", id); }
struct domain *virDomainLookupByUUID(void *conn, const unsigned char *uuid) { return make("by-uuid", uuid[15]); }
const char *virDomainGetName(struct domain *dom) { return dom->name; }
unsigned virDomainGetID(struct domain *dom) { return dom->id; }
int virDomainGetUUID(struct domain *dom, unsigned char *uuid) { memcpy(uuid, dom->uuid, 16); return 0; }
int virDomainRef(struct domain *dom) { dom->refs++; return 0; }
int virDomainFree(struct domain *dom) {
    if (--dom->refs == 0) { alive_domains--; free(dom); }
    return 0;
}
int fakeAliveDomains(void) { return alive_domains; }

#ifndef TOO_OLD
int virConnectListAllDomains(void *conn, struct domain ***doms, unsigned flags) {
    *doms = calloc(3, sizeof **doms);
    (*doms)[0] = make("one", 1);
    (*doms)[1] = make("two", 2);
    return 2;
}
int virNodeGetCPUMap(void *conn, unsigned char **map, unsigned *online, unsigned flags) {
    *map = calloc(2, 1);
    (*map)[0] = 5;
    (*map)[1] = 1;
    *online = 3;
    return 9;
}
static void add(struct record *rec, const char *name, int type, unsigned long long value) {
    struct param *p = &rec->params[rec->nparams++];
    snprintf(p->field, sizeof p->field, "%s", name);
    p->type = type;
    if (type == 1) p->value.i = value; else p->value.ul = value;
}
int virDomainListGetStats(struct domain **doms, unsigned stats, struct record ***records, unsigned flags) {
    int count = 0;
    while (doms[count]) count++;
    *records = calloc(count + 1, sizeof **records);
    for (int i = 0; i < count; i++) {
        struct record *rec = (*records)[i] = calloc(1, sizeof *rec);
        rec->dom = doms[i];
        virDomainRef(doms[i]);
        rec->params = calloc(20, sizeof *rec->params);
        add(rec, "state.state", 1, 3);
        add(rec, "vcpu.current", 2, 3);
        add(rec, "vcpu.maximum", 2, 90);
        add(rec, "vcpu.0.state", 1, 1);
        add(rec, "vcpu.0.time", 4, 1000);
        add(rec, "vcpu.0.delay", 4, 7);
        add(rec, "vcpu.4.state", 1, 2);
        add(rec, "vcpu.4.time", 4, 2000);
        add(rec, "vcpu.4.exits.sum", 4, 5);
        add(rec, "vcpu.88.state", 1, 17);
        add(rec, "vcpu.88.delay", 4, 9);
        add(rec, "vcpu.99999999999.delay", 4, 9);
    }
    return count;
}
int virConnectGetAllDomainStats(void *conn, unsigned stats, struct record ***records, unsigned flags) { return fail(3, 20, "not here"); }
void virDomainStatsRecordListFree(struct record **records) {
    for (int i = 0; records[i]; i++) {
        virDomainFree(records[i]->dom);
        free(records[i]->params);
        free(records[i]);
    }
    free(records);
}
#endif
