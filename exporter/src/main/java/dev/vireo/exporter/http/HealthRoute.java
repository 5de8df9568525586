package dev.vireo.exporter.http;

import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers whether all is well: 200 or 503, to anyone, since what watches a service has no password to show. What is
 * wrong is told to those alone who may read the rest, too.
 */
final class HealthRoute implements Route {
    private final HealthCheck check;
    private final Supplier<List<String>> warnings;
    private final RequestCheck details;

    HealthRoute(HealthCheck check, Supplier<List<String>> warnings, RequestCheck details) {
        this.check = check;
        this.warnings = warnings;
        this.details = details;
    }

    @Override
    public void answer(Request request, Response response, Callback callback) throws InterruptedException {
        String problem = check.problem();
        StringBuilder text = new StringBuilder(problem == null ? "ok" : "not ok");
        if (details.refuse(request) == null) {
            if (problem != null) {
                text.append(": ").append(problem);
            }
            warnings.get().forEach(warning -> text.append("\nwarning: ").append(warning));
        }
        Answer.text(response, callback, problem == null ? 200 : 503, text.toString());
    }
}
