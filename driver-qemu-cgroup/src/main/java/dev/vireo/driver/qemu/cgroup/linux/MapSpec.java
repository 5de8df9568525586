package dev.vireo.driver.qemu.cgroup.linux;

/**
 * What a map is like.
 *
 * @param type its kind
 * @param keySize bytes of a key
 * @param valueSize bytes of a value
 * @param entries how many keys there may be
 * @param flags {@link #SHARED}, {@link #GROWING} or 0
 * @param name what tools call it, 15 letters at most
 */
public record MapSpec(Type type, int keySize, int valueSize, int entries, int flags, String name) {
    /** Kinds of maps. */
    public enum Type {
        /** Any keys. */
        HASH(1),
        /** Keys from 0 on. */
        ARRAY(2),
        /** Keys from 0 on, a value for each CPU. */
        PERCPU_ARRAY(6),
        /** Keys from 0 on, put in as descriptors of directories of control groups. */
        CGROUP_ARRAY(8);

        final int number;

        Type(int number) {
            this.number = number;
        }
    }

    /** Flag of a map that takes memory for those keys alone that are there. */
    public static final int GROWING = 1;
    /** Flag of an array map whose memory this process may map. */
    public static final int SHARED = 1 << 10;
}
