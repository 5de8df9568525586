package dev.vireo.driver.libvirt;

/** The way to the daemon, as far as it concerns those who wait for answers. Thread-safe. */
interface Line {
    /** Before there is a connection. */
    Line NONE = new Line() {
        @Override
        public boolean isAlive() {
            return true;
        }

        @Override
        public void shutDown() {}
    };

    /** Tells, without asking the daemon, whether answers may still come. */
    boolean isAlive();

    /** Makes all who wait for an answer get an error, now and from now on. */
    void shutDown();
}
