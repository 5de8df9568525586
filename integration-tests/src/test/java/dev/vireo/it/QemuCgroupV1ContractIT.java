package dev.vireo.it;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;

/** The contract on version 1 of control groups. */
class QemuCgroupV1ContractIT extends QemuCgroupDriverContract {
    QemuCgroupV1ContractIT() {
        super(CgroupVersion.V1);
    }

    @BeforeAll
    static void startIdleGuest() throws IOException {
        startIdleGuest(CgroupVersion.V1);
    }
}
