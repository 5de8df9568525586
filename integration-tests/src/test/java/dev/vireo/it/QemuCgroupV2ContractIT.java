package dev.vireo.it;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;

/** The contract on version 2 of control groups. */
class QemuCgroupV2ContractIT extends QemuCgroupDriverContract {
    QemuCgroupV2ContractIT() {
        super(CgroupVersion.V2);
    }

    @BeforeAll
    static void startIdleGuest() throws IOException {
        startIdleGuest(CgroupVersion.V2);
    }
}
