package dev.vireo.it;

/** The contract on version 1 of control groups. */
class QemuCgroupV1ContractIT extends QemuCgroupDriverContract {
    QemuCgroupV1ContractIT() {
        super(CgroupVersion.V1);
    }
}
