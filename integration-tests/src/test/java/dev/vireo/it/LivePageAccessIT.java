package dev.vireo.it;

import static dev.vireo.it.ServedPages.domain;
import static dev.vireo.it.ServedPages.hypervisor;

import dev.vireo.exporter.http.TlsFiles;
import dev.vireo.exporter.http.WebServer;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Whether the live page works where it is not for everybody. */
class LivePageAccessIT {
    @RegisterExtension
    final Browser browser = new Browser();

    private final ShownPage page = new ShownPage(browser);

    @RegisterExtension
    final ServedPages served = new ServedPages(page);

    @TempDir
    private Path directory;

    /** The password is in the page's address, relative to which a browser fetches nothing. */
    @Test
    void overTlsAndWithAPasswordItIsTheSame() throws Exception {
        SelfSigned tls = SelfSigned.make(directory);
        Path users = UsersFile.of(directory, "viewer", "secret");
        PageServer server = served.serve(
                hypervisor(2, domain("web", 1)),
                WebServer.builder()
                        .tls(new TlsFiles(tls.certificate(), tls.key(), null))
                        .authentication(users));
        URI known = URI.create(server.uri().toString().replace("https://", "https://viewer:secret@"));
        browser.open(known);
        page.await("rates are shown", () -> page.number("web", "cpu") > 90);
        page.awaitFrames(3);
        browser.open(known);
        page.await(
                "a point for each sample but the first",
                () -> page.mark("points") >= 3 && page.mark("points") >= page.mark("seq") - 2);
        page.click("web");
        page.awaitText("detail-sources", "in-memory");
        browser.assertNoComplaints();
    }
}
