package dev.vireo.tck;

import static dev.vireo.tck.Alterations.error;

import dev.vireo.ConnectionUri;
import dev.vireo.DomainRef;
import dev.vireo.ErrorCode;
import dev.vireo.OpenOptions;
import dev.vireo.driver.test.TestHypervisor;
import dev.vireo.spi.DriverSession;
import dev.vireo.spi.HypervisorDriver;
import dev.vireo.spi.OpenResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Mistakes in openings and look-ups. */
enum WrongOpening implements WrongDriver {
    IGNORES_UNKNOWN_OPTIONS("1.2", hypervisor -> new AlteredDriver(hypervisor) {
        @Override
        public OpenResult open(ConnectionUri uri, OpenOptions options) {
            return super.open(ConnectionUri.parse("test://" + uri.path()), options);
        }
    }),
    CLOSES_ALL_SESSIONS_WITH_ONE("1.3", hypervisor -> new AlteredDriver(hypervisor) {
        private final AtomicBoolean isClosed = new AtomicBoolean();

        @Override
        DriverSession session(DriverSession real) {
            return new AlteredSession(real) {
                @Override
                public boolean isAlive() {
                    return !isClosed.get();
                }

                @Override
                public void close() {
                    isClosed.set(true);
                    super.close();
                }
            };
        }
    }),
    LISTS_A_DOMAIN_TWICE("2.1", hypervisor -> new AlteredDriver(hypervisor) {
        @Override
        DriverSession session(DriverSession real) {
            return new AlteredSession(real) {
                @Override
                public List<? extends DomainRef> listDomains() {
                    List<DomainRef> twice = new ArrayList<>(super.listDomains());
                    twice.addAll(super.listDomains());
                    return twice;
                }
            };
        }
    }),
    FINDS_ANOTHER_DOMAIN_FOR_AN_UNKNOWN_ID("2.3", hypervisor -> new AlteredDriver(hypervisor) {
        @Override
        DriverSession session(DriverSession real) {
            return new AlteredSession(real) {
                @Override
                public DomainRef findById(int id) {
                    return id == Integer.MAX_VALUE ? super.listDomains().get(0) : super.findById(id);
                }
            };
        }
    }),
    FINDS_NO_DOMAIN_BY_ITS_ID("2.2", hypervisor -> new AlteredDriver(hypervisor) {
        @Override
        DriverSession session(DriverSession real) {
            return new AlteredSession(real) {
                @Override
                public DomainRef findById(int id) {
                    return null;
                }
            };
        }
    }),
    DECLINES_BY_FAILING("1.5", hypervisor -> new AlteredDriver(hypervisor) {
        @Override
        public OpenResult open(ConnectionUri uri, OpenOptions options) {
            OpenResult result = super.open(uri, options);
            if (result instanceof OpenResult.Declined declined) {
                throw error(ErrorCode.NO_CONNECT, declined.reason());
            }
            return result;
        }
    }),
    FAILS_WITHOUT_SAYING_WHAT("1.6", hypervisor -> new AlteredDriver(hypervisor) {
        @Override
        public OpenResult open(ConnectionUri uri, OpenOptions options) {
            if (uri.path().equals(AlteredDriver.FAILING)) {
                throw error(ErrorCode.NO_CONNECT, "connection refused");
            }
            return super.open(uri, options);
        }
    }),
    FAILS_BY_ACCIDENT("1.6", hypervisor -> new AlteredDriver(hypervisor) {
        @Override
        public OpenResult open(ConnectionUri uri, OpenOptions options) {
            if (uri.path().equals(AlteredDriver.FAILING)) {
                throw new IllegalStateException("no " + uri);
            }
            return super.open(uri, options);
        }
    }),
    THROWS_WHEN_PROBED("1.7", hypervisor -> new AlteredDriver(hypervisor) {
        @Override
        public Optional<ConnectionUri> probe() {
            throw new IllegalStateException("nothing is here");
        }
    }),
    FINDS_NAMES_BY_PREFIX("2.3", hypervisor -> new AlteredDriver(hypervisor) {
        @Override
        DriverSession session(DriverSession real) {
            return new AlteredSession(real) {
                @Override
                public List<? extends DomainRef> findByName(String name) {
                    return hypervisor.domains().stream()
                            .filter(domain -> domain.name().startsWith(name))
                            .toList();
                }
            };
        }
    }),
    FINDS_UUIDS_BY_HALF_OF_THEM("2.3", hypervisor -> new AlteredDriver(hypervisor) {
        @Override
        DriverSession session(DriverSession real) {
            return new AlteredSession(real) {
                @Override
                public DomainRef findByUuid(UUID uuid) {
                    return hypervisor.domains().stream()
                            .filter(domain -> domain.uuid().getMostSignificantBits() == uuid.getMostSignificantBits())
                            .findFirst()
                            .orElse(null);
                }
            };
        }
    });

    @SuppressWarnings("ImmutableEnumChecker") // what makes the driver has no state
    private final Mistake mistake;

    WrongOpening(String rule, Function<TestHypervisor, HypervisorDriver> maker) {
        mistake = new Mistake(rule, maker);
    }

    @Override
    public Mistake mistake() {
        return mistake;
    }
}
