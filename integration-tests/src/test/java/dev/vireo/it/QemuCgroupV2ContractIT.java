package dev.vireo.it;

/** The contract on version 2 of control groups. */
class QemuCgroupV2ContractIT extends QemuCgroupDriverContract {
    QemuCgroupV2ContractIT() {
        super(CgroupVersion.V2);
    }
}
