package dev.vireo.exporter.otlp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A receiver of OTLP over HTTP that keeps what it is sent, decoded by OpenTelemetry's own classes. */
final class OtlpReceiver implements AutoCloseable {
    private static final int OK = 200;

    /** What it does with a push, after it has read it. */
    interface Answer {
        void to(HttpExchange push) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final List<ExportMetricsServiceRequest> received = new ArrayList<>();
    private final List<HttpExchange> pushes = new ArrayList<>();
    private int beforeLast;
    private volatile Answer answer = OtlpReceiver::accept;

    private OtlpReceiver(HttpServer server) {
        this.server = server;
        server.createContext("/", this::handle);
        server.setExecutor(executor);
        server.start();
    }

    static OtlpReceiver start() throws IOException {
        return startAt(0);
    }

    static OtlpReceiver startAt(int port) throws IOException {
        return new OtlpReceiver(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
    }

    static OtlpReceiver startWithTls(SSLContext context) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new OtlpReceiver(server);
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return (server instanceof HttpsServer ? "https" : "http") + "://localhost:" + port();
    }

    void answer(Answer how) {
        answer = how;
    }

    void answerWithStatus(int status) {
        answer = push -> push.sendResponseHeaders(status, -1);
    }

    void acceptAgain() {
        answer = OtlpReceiver::accept;
    }

    private static void accept(HttpExchange push) throws IOException {
        byte[] body = ExportMetricsServiceResponse.getDefaultInstance().toByteArray();
        push.sendResponseHeaders(OK, body.length == 0 ? -1 : body.length);
        push.getResponseBody().write(body);
    }

    private void handle(HttpExchange push) throws IOException {
        try (push) {
            boolean isZipped = "gzip".equals(push.getRequestHeaders().getFirst("Content-Encoding"));
            try (InputStream body = push.getRequestBody();
                    InputStream plain = isZipped ? new GZIPInputStream(body) : body) {
                ExportMetricsServiceRequest request = ExportMetricsServiceRequest.parseFrom(plain);
                Answer now = answer;
                synchronized (this) {
                    pushes.add(push);
                    received.add(request);
                }
                now.to(push);
            }
        }
    }

    synchronized int count() {
        return received.size();
    }

    synchronized @Nullable String lastHeader(String name) {
        return pushes.get(pushes.size() - 1).getRequestHeaders().getFirst(name);
    }

    /** Returns the path of the last push, with its query if it had one. */
    synchronized String lastTarget() {
        return pushes.get(pushes.size() - 1).getRequestURI().toString();
    }

    /** Counts what comes from now on as another push. */
    synchronized void beginPush() {
        beforeLast = received.size();
    }

    /** Returns all that came with the last push. */
    synchronized List<Metric> last() {
        return received.subList(beforeLast, received.size()).stream()
                .flatMap(request -> request.getResourceMetrics(0).getScopeMetrics(0).getMetricsList().stream())
                .toList();
    }

    synchronized Resource resource() {
        return received.get(received.size() - 1).getResourceMetrics(0).getResource();
    }

    /** Returns the most points that came at once. */
    synchronized int mostPoints() {
        return received.stream()
                .mapToInt(request -> request.getResourceMetrics(0).getScopeMetrics(0).getMetricsList().stream()
                        .mapToInt(metric -> metric.getSum().getDataPointsCount())
                        .sum())
                .max()
                .orElse(0);
    }

    /** Returns a metric of the last push, empty if it had none of that name. */
    Metric metric(String name) {
        return last().stream()
                .filter(metric -> metric.getName().equals(name))
                .findFirst()
                .orElse(Metric.getDefaultInstance());
    }

    List<NumberDataPoint> points(String name) {
        return last().stream()
                .filter(metric -> metric.getName().equals(name))
                .flatMap(metric -> metric.getSum().getDataPointsList().stream())
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
