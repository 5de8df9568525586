package dev.vireo.driver.test;

import dev.vireo.ConnectionUri;
import dev.vireo.DomainState;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.Operation;
import dev.vireo.spi.UriOption;
import dev.vireo.spi.UriOptions;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/** Reads {@code test:///default?…} and makes the hypervisor that it describes. */
final class TestUri {
    private enum ClockKind {
        REAL,
        STOPPED
    }

    private enum FirstState {
        RUNNING(DomainState.RUNNING),
        PAUSED(DomainState.PAUSED),
        SHUTOFF(DomainState.SHUTOFF);

        final DomainState state;

        FirstState(DomainState state) {
            this.state = state;
        }
    }

    private record Fault(Operation operation, ErrorCode code) {}

    private static final UriOption<Integer> DOMAINS = UriOption.integer("domains", 1, 100_000);
    private static final UriOption<Integer> VCPUS = UriOption.integer("vcpus", 1, DomainConfiguration.MAX_VCPUS);
    private static final UriOption<Integer> CPUS = UriOption.integer("cpus", 1, HypervisorConfiguration.MAX_CPUS);
    private static final UriOption<BitSet> MISSING_CPUS =
            UriOption.of("missing-cpus", "a list such as 2,5-7", TestUri::parseIds);
    private static final UriOption<ClockKind> CLOCK = UriOption.oneOf("clock", ClockKind.class);
    private static final UriOption<FirstState> STATE = UriOption.oneOf("state", FirstState.class);
    private static final UriOption<List<Fault>> FAULT =
            UriOption.of("fault", "a list such as domain-get-vcpus:operation-failed", TestUri::parseFaults);

    private static final List<UriOption<?>> KNOWN = List.of(DOMAINS, VCPUS, CPUS, MISSING_CPUS, CLOCK, STATE, FAULT);

    private final ConnectionUri uri;
    private final UriOptions options;

    private TestUri(ConnectionUri uri, UriOptions options) {
        this.uri = uri;
        this.options = options;
    }

    static TestUri parse(ConnectionUri uri) {
        uri.requireLocal("/default");
        return new TestUri(uri, UriOptions.read(uri, TestDriver.NAME, KNOWN));
    }

    TestHypervisor makeHypervisor() {
        HypervisorConfiguration configuration = configuration();
        TestHypervisor hypervisor = options.find(CLOCK).orElse(ClockKind.REAL) == ClockKind.REAL
                ? new TestHypervisor(configuration)
                : new TestHypervisor(configuration, () -> 0);
        for (Fault fault : options.find(FAULT).orElse(List.of())) {
            hypervisor.faults().fail(fault.operation, fault.code);
        }
        return hypervisor;
    }

    private HypervisorConfiguration configuration() {
        HypervisorConfiguration.Builder builder = HypervisorConfiguration.builder();
        options.find(CPUS).ifPresent(builder::cpus);
        options.find(MISSING_CPUS)
                .ifPresent(ids -> builder.missingCpus(ids.stream().toArray()));
        int vcpus = options.find(VCPUS).orElse(2);
        FirstState first = options.find(STATE).orElse(FirstState.RUNNING);
        builder.domain(DomainConfiguration.preset().withVcpus(vcpus).withState(first.state));
        for (int number = 2; number <= options.find(DOMAINS).orElse(1); number++) {
            builder.domain(
                    DomainConfiguration.named("test-" + number).withVcpus(vcpus).withPersistent(true));
        }
        try {
            return builder.build();
        } catch (IllegalArgumentException wrong) {
            throw HypervisorException.of(
                    ErrorCode.INVALID_ARG, TestDriver.NAME, "in " + uri + " " + wrong.getMessage(), wrong);
        }
    }

    private static BitSet parseIds(String list) {
        BitSet ids = new BitSet();
        for (String part : list.split(",", -1)) {
            int dash = part.indexOf('-');
            int first = parseId(dash < 0 ? part : part.substring(0, dash));
            int last = dash < 0 ? first : parseId(part.substring(dash + 1));
            if (last < first) {
                throw new IllegalArgumentException("'" + part + "' goes down");
            }
            ids.set(first, last + 1);
        }
        return ids;
    }

    private static int parseId(String text) {
        try {
            int id = Integer.parseInt(text);
            if (id >= 0 && id < HypervisorConfiguration.MAX_CPUS) {
                return id;
            }
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("'" + text + "' is not a CPU id", notANumber);
        }
        throw new IllegalArgumentException("'" + text + "' is not a CPU id");
    }

    private static List<Fault> parseFaults(String list) {
        List<Fault> faults = new ArrayList<>();
        for (String part : list.split(",", -1)) {
            int colon = part.indexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException("'" + part + "' has no colon between operation and error");
            }
            faults.add(new Fault(
                    constant(Operation.class, part.substring(0, colon)),
                    constant(ErrorCode.class, part.substring(colon + 1))));
        }
        return faults;
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String text) {
        try {
            return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    "'" + text + "' is none of " + List.of(type.getEnumConstants()), unknown);
        }
    }
}
