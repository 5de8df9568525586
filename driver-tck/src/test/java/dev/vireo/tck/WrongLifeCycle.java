package dev.vireo.tck;

import static dev.vireo.tck.Alterations.cpuStats;
import static dev.vireo.tck.Alterations.ended;
import static dev.vireo.tck.Alterations.error;
import static dev.vireo.tck.Alterations.events;
import static dev.vireo.tck.Alterations.info;
import static dev.vireo.tck.Alterations.isGoneForGood;
import static dev.vireo.tck.Alterations.vcpus;

import dev.vireo.DomainEvent;
import dev.vireo.DomainInfo;
import dev.vireo.DomainState;
import dev.vireo.ErrorCode;
import dev.vireo.Reading;
import dev.vireo.driver.test.TestDomain;
import dev.vireo.driver.test.TestHypervisor;
import dev.vireo.spi.HypervisorDriver;
import dev.vireo.spi.Slot;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Mistakes in the life cycle and its events. */
enum WrongLifeCycle implements WrongDriver {
    TELLS_NO_PAUSE(
            "7.2",
            hypervisor -> new AlteredDriver(hypervisor).with(Slot.DOMAIN_GET_INFO, right -> domain -> {
                DomainInfo info = right.getInfo(domain);
                return new DomainInfo(
                        DomainState.RUNNING, info.maxMemoryKib(), info.memoryKib(), info.vcpus(), info.cpuTimeNanos());
            })),
    HAS_THE_WRONG_CODE_FOR_AN_END("7.3", ended(ErrorCode.OPERATION_INVALID, "domain 'test' has ended")),
    DOES_NOT_NAME_THE_DOMAIN("7.3", ended(ErrorCode.NO_DOMAIN, "it has ended")),
    DESTROYS_NOTHING(
            "7.6",
            hypervisor -> new AlteredDriver(hypervisor).with(Slot.DOMAIN_DESTROY, right -> domain -> {
                if (((TestDomain) domain).state() == DomainState.SHUTOFF) {
                    right.destroy(domain);
                }
            })),
    REPORTS_NO_ENDS("7.4", events(event -> event != DomainEvent.Type.STOPPED)),
    REPORTS_NO_RESUMING("7.5", events(event -> event != DomainEvent.Type.RESUMED)),
    TELLS_ITS_TIME_IN_MICROSECONDS(
            "7.1",
            hypervisor -> new AlteredDriver(hypervisor).with(Slot.DOMAIN_GET_INFO, right -> domain -> {
                DomainInfo info = right.getInfo(domain);
                Reading micros = info.cpuTimeNanos().isAvailable()
                        ? Reading.of(info.cpuTimeNanos().value() / 1_000)
                        : info.cpuTimeNanos();
                return new DomainInfo(info.state(), info.maxMemoryKib(), info.memoryKib(), info.vcpus(), micros);
            })),
    FAILS_TO_SUSPEND_WHAT_IS_PAUSED(
            "7.2",
            hypervisor -> new AlteredDriver(hypervisor).with(Slot.DOMAIN_SUSPEND, right -> domain -> {
                if (((TestDomain) domain).state() == DomainState.PAUSED) {
                    throw error(ErrorCode.OPERATION_INVALID, "it is paused");
                }
                right.suspend(domain);
            })),
    SUSPENDS_NOTHING("7.2", cpuStats(right -> {
        AtomicLong since = new AtomicLong();
        return (domain, params, nparams, start, cpus, flags) -> {
            int filled = right.getCpuStats(domain, params, nparams, start, cpus, flags);
            if (params != null
                    && start < 0
                    && domain.name().equals("test")
                    && ((TestDomain) domain).state() == DomainState.PAUSED) {
                since.compareAndSet(0, System.nanoTime());
                params.setUnsignedLong(0, params.name(0), params.unsignedLong(0) + System.nanoTime() - since.get());
            }
            return filled;
        };
    })),
    HAS_VCPUS_AFTER_ITS_END(
            "7.3",
            hypervisor -> new AlteredDriver(hypervisor).with(Slot.DOMAIN_GET_VCPUS, right -> (domain, vcpus) -> {
                if (!isGoneForGood(hypervisor, domain)) {
                    right.getVcpus(domain, vcpus);
                }
            })),
    TAKES_A_GUEST_FOR_ITS_RUN(
            "7.7",
            hypervisor -> new AlteredDriver(hypervisor)
                    .withCpuStats(right -> (domain, params, nparams, start, cpus, flags) -> {
                        TestDomain run = ((TestDomain) domain).isEnded()
                                ? hypervisor.domain(domain.name())
                                : (TestDomain) domain;
                        boolean isAgain = run.state() == DomainState.RUNNING;
                        return right.getCpuStats(isAgain ? run : domain, params, nparams, start, cpus, flags);
                    })),
    TELLS_ZEROS_OF_WHAT_DOES_NOT_RUN("7.8", cpuStats(right -> (domain, params, nparams, start, cpus, flags) -> {
        if (params != null && domain.id() < 0) {
            params.setUnsignedLong(0, CpuTable.CPU_TIME, 0);
            return 1;
        }
        return right.getCpuStats(domain, params, nparams, start, cpus, flags);
    })),
    REPORTS_EVERYTHING_TWICE(
            "7.5",
            hypervisor -> new AlteredDriver(hypervisor)
                    .with(
                            Slot.CONNECT_DOMAIN_EVENT_REGISTER,
                            right -> sink -> right.register((domain, type) -> {
                                sink.event(domain, type);
                                sink.event(domain, type);
                            })));

    @SuppressWarnings("ImmutableEnumChecker") // what makes the driver has no state
    private final Mistake mistake;

    WrongLifeCycle(String rule, Function<TestHypervisor, HypervisorDriver> maker) {
        mistake = new Mistake(rule, maker);
    }

    @Override
    public Mistake mistake() {
        return mistake;
    }
}
