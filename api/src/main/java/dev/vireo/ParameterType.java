package dev.vireo;

/** Names the type of a typed parameter: libvirt's {@code virTypedParameterType}. */
public enum ParameterType {
    /** A signed 32-bit number. */
    INT(1),
    /** An unsigned 32-bit number. */
    UINT(2),
    /** A signed 64-bit number. */
    LLONG(3),
    /** An unsigned 64-bit number, such as every CPU time. */
    ULLONG(4),
    /** A double-precision number. */
    DOUBLE(5),
    /** True or false. */
    BOOLEAN(6),
    /** A text. */
    STRING(7),
    /** A type that this version has no name for; only its number and bits are known. */
    UNKNOWN(-1);

    private static final ParameterType[] TYPES = values();

    private final int number;

    ParameterType(int number) {
        this.number = number;
    }

    /**
     * Returns libvirt's number of this type.
     *
     * @return 1 to 7, -1 for {@link #UNKNOWN}; 0 is libvirt's mark of an entry that was not filled
     */
    public int number() {
        return number;
    }

    /**
     * Returns the type with libvirt's number.
     *
     * @param number a {@code virTypedParameterType}, not 0
     * @return the type, {@link #UNKNOWN} for a number that this version has no name for
     */
    public static ParameterType ofNumber(int number) {
        return number >= 1 && number <= STRING.number ? TYPES[number - 1] : UNKNOWN;
    }
}
