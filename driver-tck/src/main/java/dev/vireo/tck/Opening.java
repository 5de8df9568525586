package dev.vireo.tck;

import dev.vireo.Connection;
import dev.vireo.ConnectionUri;
import dev.vireo.Drivers;
import dev.vireo.InstalledDriver;
import dev.vireo.OpenOptions;
import dev.vireo.spi.HypervisorDriver;
import java.util.Objects;

/**
 * How connections of the driver under test are opened: there must be at least one running domain. Immutable.
 */
public final class Opening {
    private final Drivers drivers;
    private final String uri;

    private Opening(Drivers drivers, String uri) {
        this.drivers = drivers;
        this.uri = Objects.requireNonNull(uri, "uri");
    }

    /**
     * Opens with a driver that the test made.
     *
     * @param driver the driver
     * @param uri a URI of one of its schemes
     * @return the opening
     */
    public static Opening of(HypervisorDriver driver, String uri) {
        return new Opening(Drivers.none().with(driver), uri);
    }

    /**
     * Opens with the installed driver of the URI's scheme.
     *
     * @param uri the URI
     * @return the opening
     */
    public static Opening of(String uri) {
        return new Opening(Drivers.installed(), uri);
    }

    String uri() {
        return uri;
    }

    Connection open(OpenOptions options) {
        return drivers.open(uri, options);
    }

    Connection open(String otherUri) {
        return drivers.open(otherUri, OpenOptions.defaults());
    }

    /** Describes the driver that opens. */
    InstalledDriver description() {
        String scheme = ConnectionUri.parse(uri).scheme();
        return drivers.list().stream()
                .filter(driver -> driver.uriSchemes().contains(scheme))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no driver has the scheme of " + uri));
    }
}
