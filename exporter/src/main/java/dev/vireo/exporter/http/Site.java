package dev.vireo.exporter.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Puts together what is served, and what goes before it. */
final class Site {
    private static final String METRICS = "/metrics";
    private static final String LIVE = "/healthz";
    private static final String READY = "/readyz";
    private static final Set<String> OPEN = Set.of(LIVE, READY);

    private final WebServerBuilder settings;
    private final Clients clients;
    private final EventStreams streams;
    private final RequestCheck authentication;
    private final Supplier<List<String>> problems;

    Site(
            WebServerBuilder settings,
            Clients clients,
            EventStreams streams,
            @Nullable PasswordSetup passwords,
            Supplier<List<String>> problems) {
        this.settings = settings;
        this.clients = clients;
        this.streams = streams;
        this.problems = problems;
        authentication = passwords == null ? request -> null : new BasicAuthentication(passwords::current);
    }

    Handler handler(boolean checkHost) {
        Gate gate = new Gate(clients, checks(checkHost));
        gate.setHandler(new Routes(routes(), otherwise()));
        return gate;
    }

    private List<RequestCheck> checks(boolean checkHost) {
        List<RequestCheck> checks = new ArrayList<>(List.of(new RequestShape()));
        if (checkHost) {
            checks.add(new HostCheck());
        }
        checks.add(new CrossSiteCheck());
        checks.add(request -> OPEN.contains(Request.getPathInContext(request)) ? null : authentication.refuse(request));
        return checks;
    }

    private Map<String, Route> routes() {
        Map<String, Route> routes = new HashMap<>();
        settings.documents.forEach((path, document) -> routes.put(path, new JsonRoute(document)));
        settings.events.forEach((path, source) -> routes.put(
                path, new EventRoute(source, streams, clients, settings.limits.unreadEvents(), authentication)));
        if (settings.registry != null) {
            routes.put(METRICS, new MetricsRoute(settings.registry));
        }
        routes.put(LIVE, new HealthRoute(settings.live, problems, authentication));
        routes.put(READY, new HealthRoute(settings.ready, problems, authentication));
        return routes;
    }

    private Route otherwise() {
        return settings.page == null ? Routes::unknown : new PageRoute(settings.page);
    }
}
