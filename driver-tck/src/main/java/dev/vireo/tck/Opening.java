package dev.vireo.tck;

import dev.vireo.Connection;
import dev.vireo.ConnectionUri;
import dev.vireo.Drivers;
import dev.vireo.InstalledDriver;
import dev.vireo.OpenOptions;
import dev.vireo.spi.HypervisorDriver;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * How connections of the driver under test are opened: there must be at least one running domain. Immutable.
 */
public final class Opening {
    private final Drivers drivers;
    private final @Nullable HypervisorDriver driver;
    private final String uri;
    private final OpenOptions options;

    private Opening(Drivers drivers, @Nullable HypervisorDriver driver, String uri, OpenOptions options) {
        this.drivers = drivers;
        this.driver = driver;
        this.uri = Objects.requireNonNull(uri, "uri");
        this.options = Objects.requireNonNull(options, "options");
    }

    /**
     * Opens with a driver that the test made.
     *
     * @param driver the driver
     * @param uri a URI of one of its schemes
     * @return the opening
     */
    public static Opening of(HypervisorDriver driver, String uri) {
        return new Opening(Drivers.none().with(driver), driver, uri, OpenOptions.defaults());
    }

    /**
     * Opens with the installed driver of the URI's scheme.
     *
     * @param uri the URI
     * @return the opening
     */
    public static Opening of(String uri) {
        return new Opening(Drivers.installed(), null, uri, OpenOptions.defaults());
    }

    /**
     * Opens with options, of a hypervisor that wants a login, say.
     *
     * @param newOptions what each connection is opened with, read-only
     * @return another opening
     */
    public Opening withOptions(OpenOptions newOptions) {
        return new Opening(drivers, driver, uri, newOptions);
    }

    String uri() {
        return uri;
    }

    Connection open() {
        return drivers.open(uri, options);
    }

    Connection openToWrite() {
        return drivers.open(uri, options.readWrite());
    }

    /** Returns how the same is opened at another URI. */
    Opening at(String otherUri) {
        return new Opening(drivers, driver, otherUri, options);
    }

    /** Returns what the driver answers to a probe. */
    Optional<ConnectionUri> probe() {
        return driver == null ? installed().probe() : driver.probe();
    }

    private HypervisorDriver installed() {
        String scheme = ConnectionUri.parse(uri).scheme();
        for (HypervisorDriver provider : ServiceLoader.load(HypervisorDriver.class)) {
            if (provider.uriSchemes().contains(scheme)) {
                return provider;
            }
        }
        throw new AssertionError("no installed driver has the scheme of " + uri);
    }

    /** Describes the driver that opens. */
    InstalledDriver description() {
        String scheme = ConnectionUri.parse(uri).scheme();
        return drivers.list().stream()
                // one that the test made is alone, and may be unfit to have a scheme
                .filter(installed -> driver != null || installed.uriSchemes().contains(scheme))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no driver has the scheme of " + uri));
    }
}
