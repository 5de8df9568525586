package dev.vireo;

/** What a driver's code throws where it describes itself or is opened: a reason to be told, which must harm no other driver. */
final class ForeignCode {
    private ForeignCode() {}

    /**
     * Lets pass what no driver can be blamed for.
     *
     * @param thrown what a driver's code threw: a failed assertion or a recursion without end as well as any exception
     * @return the same
     * @throws OutOfMemoryError the process is at its end, not the driver
     * @throws ThreadDeath somebody ends this thread
     */
    static Throwable reasonOf(Throwable thrown) {
        if (thrown instanceof OutOfMemoryError outOfMemory) {
            throw outOfMemory;
        }
        if (thrown instanceof ThreadDeath death) {
            throw death;
        }
        return thrown;
    }
}
