package dev.vireo.driver.qemu.cgroup.percpu;

import java.io.IOException;

/** A group's cpu controller is another one now, or gone: what was counted until then is lost. */
public final class NewControllerException extends IOException {
    private static final long serialVersionUID = 1;

    NewControllerException() {
        super("the group's cpu controller is another one now, or gone");
    }
}
