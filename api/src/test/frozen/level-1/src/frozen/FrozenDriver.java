package frozen;

import dev.vireo.ConnectionUri;
import dev.vireo.OpenOptions;
import dev.vireo.Operation;
import dev.vireo.spi.HypervisorDriver;
import dev.vireo.spi.OpenResult;
import dev.vireo.spi.UriOption;
import dev.vireo.spi.UriOptions;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A driver as it was written when the interface had level 1. Its jar is kept, and every later library must load it. */
public final class FrozenDriver implements HypervisorDriver {
    private static final UriOption<String> DECLINES = UriOption.of("declines", "a reason", reason -> reason);

    @Override
    public String name() {
        return "frozen";
    }

    @Override
    public Set<String> uriSchemes() {
        return Set.of("frozen");
    }

    @Override
    public int level() {
        return LEVEL;
    }

    @Override
    public Set<Operation> operations() {
        return EnumSet.allOf(Operation.class);
    }

    @Override
    public Optional<ConnectionUri> probe() {
        return Optional.empty();
    }

    @Override
    public OpenResult open(ConnectionUri uri, OpenOptions options) {
        UriOptions read = UriOptions.read(uri, name(), List.of(DECLINES));
        return read.find(DECLINES).map(OpenResult::declined).orElseGet(() -> OpenResult.opened(new FrozenSession()));
    }
}
