package dev.vireo.exporter.http;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.EtagUtils;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers with the files of the page. A browser keeps them, and asks each time whether they are still those. */
final class PageRoute implements Route {
    private static final String INDEX = "index.html";

    private final PageFiles files;
    private final Map<String, PageFile> read = new ConcurrentHashMap<>();

    PageRoute(PageFiles files) {
        this.files = files;
    }

    @Override
    public void answer(Request request, Response response, Callback callback) throws IOException {
        String name = Request.getPathInContext(request).substring(1);
        Optional<PageFile> file = find(name.isEmpty() ? INDEX : name);
        if (file.isEmpty()) {
            Routes.unknown(request, response, callback);
            return;
        }
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.CACHE_CONTROL, "no-cache");
        boolean zipped = Gzip.isTakenBy(request);
        Gzip.tell(headers, zipped);
        headers.put(HttpHeader.ETAG, file.get().tag(zipped));
        if (isKnown(request, file.get().tag(zipped))) {
            response.setStatus(304);
            response.write(true, null, callback);
            return;
        }
        Answer.body(response, callback, file.get().type(), file.get().content(zipped));
    }

    private static boolean isKnown(Request request, String itsTag) {
        return request.getHeaders().getCSV(HttpHeader.IF_NONE_MATCH, true).stream()
                .anyMatch(tag -> tag.equals("*") || EtagUtils.matches(itsTag, tag));
    }

    private Optional<PageFile> find(String name) throws IOException {
        PageFile known = read.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        // Only what exists is kept, so that asking for other names costs no memory.
        Optional<PageFile> found = files.find(name);
        found.ifPresent(file -> read.put(name, file));
        return found;
    }
}
