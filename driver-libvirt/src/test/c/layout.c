/* Prints where libvirt's structures have their members, by libvirt's own headers. */
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>
#include <stddef.h>
#include <stdio.h>

#define AT(name, type, member) printf(name " %zu\n", offsetof(type, member))
#define SIZE(name, type) printf(name " %zu\n", sizeof(type))

int main(void) {
    SIZE("ParameterBuffer.SIZE", virTypedParameter);
    AT("ParameterBuffer.TYPE", virTypedParameter, type);
    AT("ParameterBuffer.VALUE", virTypedParameter, value);
    printf("ParameterName.FIELD_LENGTH %d\n", VIR_TYPED_PARAM_FIELD_LENGTH);
    SIZE("NodeCpuBuffer.SIZE", virNodeCPUStats);
    AT("NodeCpuBuffer.VALUE", virNodeCPUStats, value);
    SIZE("VcpuBuffer.SIZE", virVcpuInfo);
    AT("VcpuBuffer.NUMBER", virVcpuInfo, number);
    AT("VcpuBuffer.STATE", virVcpuInfo, state);
    AT("VcpuBuffer.TIME", virVcpuInfo, cpuTime);
    AT("VcpuBuffer.CPU", virVcpuInfo, cpu);
    AT("StatsRecords.DOMAIN", virDomainStatsRecord, dom);
    AT("StatsRecords.PARAMS", virDomainStatsRecord, params);
    AT("StatsRecords.COUNT", virDomainStatsRecord, nparams);
    AT("LastError.CODE", virError, code);
    AT("LastError.DOMAIN", virError, domain);
    AT("LastError.MESSAGE", virError, message);
    AT("LastError.LEVEL", virError, level);
    SIZE("AuthenticationCallback.SIZE", virConnectCredential);
    AT("AuthenticationCallback.TYPE", virConnectCredential, type);
    AT("AuthenticationCallback.PROMPT", virConnectCredential, prompt);
    AT("AuthenticationCallback.CHALLENGE", virConnectCredential, challenge);
    AT("AuthenticationCallback.DEFAULT_RESULT", virConnectCredential, defresult);
    AT("AuthenticationCallback.RESULT", virConnectCredential, result);
    AT("AuthenticationCallback.RESULT_LENGTH", virConnectCredential, resultlen);
    SIZE("virNodeInfo", virNodeInfo);
    SIZE("virDomainInfo", virDomainInfo);
    AT("virNodeInfo.threads", virNodeInfo, threads);
    AT("virDomainInfo.nrVirtCpu", virDomainInfo, nrVirtCpu);
    AT("virDomainInfo.cpuTime", virDomainInfo, cpuTime);
    return 0;
}
