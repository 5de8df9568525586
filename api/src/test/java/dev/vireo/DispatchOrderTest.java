package dev.vireo;

import static dev.vireo.Failures.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.spi.DriverTable;
import dev.vireo.spi.HypervisorDriver;
import dev.vireo.spi.Slot;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks every public method of {@link Connection} and {@link Domain}: what calls a driver keeps the one order. */
class DispatchOrderTest {
    /** What is answered without the driver, or is the closing itself. */
    private static final Set<String> NOT_A_CALL = Set.of(
            "uri",
            "driverName",
            "isReadOnly",
            "supports",
            "operations",
            "close",
            "connection",
            "id",
            "name",
            "uuid",
            "equals",
            "hashCode",
            "toString",
            "open",
            "isAlive");

    /** Look-ups, which every driver has, so that only an open connection is asked for. */
    private static final Set<String> LOOK_UPS = Set.of(
            "listDomains",
            "findDomainByName",
            "findDomainById",
            "findDomainByUuid",
            "getDomainByName",
            "getDomainById",
            "getDomainByUuid");

    /** Methods whose operation does not have their name. */
    private static final Map<String, Operation> OPERATIONS = Map.ofEntries(
            Map.entry("getAllDomainStats", Operation.CONNECT_GET_ALL_DOMAIN_STATS),
            Map.entry("getDomainStats", Operation.CONNECT_GET_ALL_DOMAIN_STATS),
            Map.entry("onDomainEvent", Operation.CONNECT_DOMAIN_EVENT_REGISTER),
            Map.entry("cpuStats", Operation.DOMAIN_GET_CPU_STATS),
            Map.entry("getNodeInfo", Operation.NODE_GET_INFO),
            Map.entry("getNodeCpuMap", Operation.NODE_GET_CPU_MAP),
            Map.entry("getNodeCpuStats", Operation.NODE_GET_CPU_STATS));

    private final AtomicInteger driverCalls = new AtomicInteger();
    private final List<HypervisorException> heard = new ArrayList<>();

    static Stream<Method> calls() {
        return Stream.of(Connection.class, Domain.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .filter(method -> !NOT_A_CALL.contains(method.getName()));
    }

    static Stream<Method> operations() {
        return calls().filter(method -> !LOOK_UPS.contains(method.getName()));
    }

    @Test
    void everyOperationHasAPublicMethod() {
        Set<Operation> reached = EnumSet.noneOf(Operation.class);
        operations().forEach(method -> reached.add(operationOf(method)));
        assertEquals(EnumSet.allOf(Operation.class), reached);
    }

    @Test
    void everyOperationHasASlotOfItsName() throws Exception {
        for (Operation operation : Operation.values()) {
            Slot<?> slot = (Slot<?>) Slot.class.getField(operation.name()).get(null);
            assertSame(operation, slot.operation());
        }
    }

    @Test
    void lookUpsAreAllHere() {
        Set<String> found = new TreeSet<>();
        calls().map(Method::getName).filter(LOOK_UPS::contains).forEach(found::add);
        assertEquals(new TreeSet<>(LOOK_UPS), found);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void aClosedConnectionIsSaidBeforeAllElse(Method method) {
        Fixture fixture = new Fixture(DriverTable.builder().build(), true);
        fixture.connection.close();
        assertFails(ErrorCode.INVALID_CONN, () -> fixture.invoke(method, true));
        assertEquals(0, driverCalls.get());
    }

    @Test
    void aDomainOfAnotherConnectionIsSaidBeforeArgumentsAndSupport() {
        Fixture fixture = new Fixture(DriverTable.builder().build(), true);
        Domain foreign = new Fixture(DriverTable.builder().build(), true).domain;
        HypervisorException error = assertFails(
                ErrorCode.INVALID_DOMAIN,
                () -> fixture.connection.getDomainStats(List.of(foreign), Set.of(), fixture.visitor, 99));
        assertTrue(error.getMessage().contains("'one'"), error.getMessage());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void aReadOnlyConnectionRefusesWhatWritesBeforeSupportIsAsked(Method method) {
        Fixture fixture = new Fixture(DriverTable.builder().build(), true);
        ErrorCode expected = operationOf(method).access() == Operation.Access.WRITES
                ? ErrorCode.OPERATION_DENIED
                : ErrorCode.NO_SUPPORT;
        assertFails(expected, () -> fixture.invoke(method, false));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void wrongArgumentsAreSaidBeforeSupportIsAsked(Method method) {
        Fixture fixture = new Fixture(DriverTable.builder().build(), false);
        boolean hasFlags = method.getParameterCount() > 0
                && method.getParameterTypes()[method.getParameterCount() - 1] == int.class;
        assertFails(hasFlags ? ErrorCode.INVALID_ARG : ErrorCode.NO_SUPPORT, () -> fixture.invoke(method, true));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void anAbsentEntryIsNoSupportThatNamesOperationAndDriver(Method method) {
        Fixture fixture = new Fixture(DriverTable.builder().build(), false);
        HypervisorException error = assertFails(ErrorCode.NO_SUPPORT, () -> fixture.invoke(method, false));
        assertTrue(error.getMessage().contains(operationOf(method).name()), error.getMessage());
        assertTrue(error.getMessage().contains("fake"), error.getMessage());
        assertFalse(fixture.connection.supports(operationOf(method)));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void aPresentEntryIsCalled(Method method) throws Throwable {
        Fixture fixture = new Fixture(tableThat(() -> {}), false);
        fixture.invoke(method, false);
        assertTrue(driverCalls.get() > 0);
        assertTrue(fixture.connection.supports(operationOf(method)));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void anErrorOfTheDriverReachesCallerAndListenerAsItIs(Method method) {
        HypervisorException thrown = HypervisorException.of(ErrorCode.NO_DOMAIN, "fake", "gone");
        Fixture fixture = new Fixture(
                tableThat(() -> {
                    throw thrown;
                }),
                false);
        assertSame(thrown, assertFails(ErrorCode.NO_DOMAIN, () -> fixture.invoke(method, false)));
        assertTrue(heard.contains(thrown));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void aDefectOfTheDriverBecomesAnInternalErrorWithItsCause(Method method) {
        for (Throwable defect : List.of(new IllegalStateException("oops"), new NoClassDefFoundError("gone"))) {
            Fixture fixture = new Fixture(tableThat(() -> sneak(defect)), false);
            HypervisorException error = assertFails(ErrorCode.INTERNAL_ERROR, () -> fixture.invoke(method, false));
            assertSame(defect, error.getCause());
            assertEquals("fake", error.origin());
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void aSeriousErrorPasses(Method method) {
        OutOfMemoryError serious = new OutOfMemoryError("none left");
        Fixture fixture = new Fixture(tableThat(() -> sneak(serious)), false);
        assertSame(serious, assertThrows(OutOfMemoryError.class, () -> fixture.invoke(method, false)));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyWayOutLeavesTheConnectionFreeToClose(Method method) {
        Fixture fixture = new Fixture(tableThat(() -> sneak(new OutOfMemoryError())), false);
        assertThrows(OutOfMemoryError.class, () -> fixture.invoke(method, false));
        fixture.connection.close();
        assertEquals(1, fixture.driver.closed.get());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyRefusalLeavesTheConnectionFreeToClose(Method method) {
        Fixture readOnly = new Fixture(DriverTable.builder().build(), true);
        assertThrows(HypervisorException.class, () -> readOnly.invoke(method, false));
        assertThrows(HypervisorException.class, () -> readOnly.invoke(method, true));
        readOnly.connection.close();
        assertEquals(1, readOnly.driver.closed.get());
    }

    /** In libvirt's names the words follow {@code vir} in the same order, sometimes with one more at the end. */
    @ParameterizedTest
    @EnumSource(Operation.class)
    void operationsHaveLibvirtsNamesAndBeginWithTheirSubject(Operation operation) {
        String words = operation.name().replace("_", "");
        operation
                .libvirtName()
                .ifPresent(libvirts -> assertTrue(
                        libvirts.toUpperCase(Locale.ROOT).startsWith("VIR" + words),
                        operation + " is not " + libvirts));
        String subject = operation.subject() == Operation.Subject.CONNECTION
                ? "CONNECT"
                : operation.subject().name();
        assertTrue(operation.name().startsWith(subject + "_"), operation + " is about " + subject);
    }

    @Test
    void laterLevelsFollowEarlierOnesAndNoneIsSkipped() {
        List<Integer> levels =
                Arrays.stream(Operation.values()).map(Operation::level).toList();
        assertEquals(levels.stream().sorted().toList(), levels);
        assertEquals(
                IntStream.rangeClosed(1, HypervisorDriver.LEVEL).boxed().toList(),
                levels.stream().distinct().toList());
    }

    private static Operation operationOf(Method method) {
        if (OPERATIONS.containsKey(method.getName())) {
            return OPERATIONS.get(method.getName());
        }
        String subject = method.getDeclaringClass() == Domain.class ? "DOMAIN_" : "CONNECT_";
        return Operation.valueOf(
                subject + method.getName().replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT));
    }

    /** Fills every slot with a function that counts, then does something, then answers with something harmless. */
    private DriverTable tableThat(Runnable action) {
        DriverTable.Builder table = DriverTable.builder();
        for (Operation operation : Operation.values()) {
            add(table, slot(operation), action);
        }
        return table.build();
    }

    private <F> void add(DriverTable.Builder table, Slot<F> slot, Runnable action) {
        Object function = Proxy.newProxyInstance(
                DispatchOrderTest.class.getClassLoader(), new Class<?>[] {slot.type()}, (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return null;
                    }
                    driverCalls.incrementAndGet();
                    action.run();
                    return method.getReturnType() == int.class
                            ? Integer.valueOf(0)
                            : method.getReturnType() == List.class ? List.of() : null;
                });
        table.with(slot, slot.type().cast(function));
    }

    private static Slot<?> slot(Operation operation) {
        try {
            return (Slot<?>) Slot.class.getField(operation.name()).get(null);
        } catch (ReflectiveOperationException missing) {
            throw new LinkageError("no slot for " + operation, missing);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private final class Fixture {
        final FakeDriver driver;
        final Connection connection;
        final Domain domain;
        final DomainStatsVisitor visitor = new DomainStatsVisitor() {
            @Override
            public void domain(DomainRef ref, DomainState state) {}

            @Override
            public void value(Statistic statistic, int index, long value) {}

            @Override
            public void unavailable(Statistic statistic, int index, String reason) {}
        };

        Fixture(DriverTable table, boolean readOnly) {
            driver = new FakeDriver("fake", table);
            OpenOptions options = OpenOptions.defaults().errorListener(heard::add);
            connection = driver.connect(readOnly ? options : options.readWrite());
            domain = connection.getDomainByName("one");
        }

        Object invoke(Method method, boolean withFlags) throws Throwable {
            Object target = method.getDeclaringClass() == Domain.class ? domain : connection;
            Object[] arguments = new Object[method.getParameterCount()];
            Class<?>[] types = method.getParameterTypes();
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = argument(method, types[i], i);
            }
            if (withFlags && arguments.length > 0 && types[arguments.length - 1] == int.class) {
                arguments[arguments.length - 1] = 99;
            }
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        }

        private Object argument(Method method, Class<?> type, int index) {
            if (type == int.class) {
                // getCpuStats(params, nparams, startCpu, ncpus, flags): the question for the totals
                return method.getName().equals("getCpuStats")
                        ? List.of(0, 0, -1, 1, 0).get(index)
                        : 0;
            }
            return Map.of(
                            String.class, "one",
                            UUID.class, driver.domains.get(0).uuid(),
                            VcpuTimes.class, VcpuTimes.allocate(1),
                            Set.class, Set.of(StatsGroup.CPU_TOTAL),
                            List.class, List.of(domain),
                            DomainStatsVisitor.class, visitor,
                            Consumer.class, (Consumer<DomainEvent>) event -> {})
                    .get(type);
        }
    }
}
