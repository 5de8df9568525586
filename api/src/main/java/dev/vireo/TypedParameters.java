package dev.vireo;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A reusable buffer of named and typed 64-bit values: the Java form of an array of {@code virTypedParameter}.
 *
 * <p>Allocate one, hand it to every call, read what was filled. For per-CPU statistics the entries of one CPU stand
 * side by side: entry {@code p} of the CPU {@code startCpu + c} has the index {@code c * nparams + p}. An entry that the
 * driver did not fill is not set; that is how an absent CPU looks.
 *
 * <p>Mutable and not thread-safe: one buffer for each thread that calls.
 */
public final class TypedParameters {
    private static final int MAX_TYPE_NUMBER = 255;

    private final @Nullable String[] names;
    // libvirt's numbers, 0 for an entry that is not set: what is cleared before each call must be cheap to clear
    private final byte[] types;
    private final long[] bits;
    // made by the first text: no statistic of today is one
    private @Nullable String @Nullable [] texts;
    private @Nullable CpuStatsOrigin origin;

    private TypedParameters(int capacity) {
        names = new @Nullable String[capacity];
        types = new byte[capacity];
        bits = new long[capacity];
    }

    /**
     * Allocates a buffer, all of its entries cleared.
     *
     * @param capacity how many entries it holds, for per-CPU statistics {@code nparams * ncpus}
     * @return the buffer
     * @throws IllegalArgumentException if the capacity is negative
     */
    public static TypedParameters allocate(int capacity) {
        if (capacity < 0) {
            throw new IllegalArgumentException("negative capacity: " + capacity);
        }
        return new TypedParameters(capacity);
    }

    /**
     * Returns how many entries there is room for.
     *
     * @return the capacity
     */
    public int capacity() {
        return bits.length;
    }

    /**
     * Clears the first entries, and the origin. The library does this before each call of a driver.
     *
     * @param count how many entries
     */
    public void clear(int count) {
        Objects.checkFromToIndex(0, count, bits.length);
        Arrays.fill(types, 0, count, (byte) 0);
        origin = null;
    }

    /**
     * Fills an entry with an unsigned 64-bit number, such as a CPU time in nanoseconds.
     *
     * @param index which entry
     * @param name the parameter's name; use a constant, so that nothing is allocated
     * @param value the 64 bits
     */
    public void setUnsignedLong(int index, String name, long value) {
        set(index, name, ParameterType.ULLONG, value);
    }

    /**
     * Fills an entry with 64 bits of any type that fits them.
     *
     * @param index which entry
     * @param name the parameter's name
     * @param type how the bits are to be read
     * @param value the bits: numbers sign- or zero-extended, {@link Double#doubleToRawLongBits}, 0 or 1 for a boolean
     */
    public void set(int index, String name, ParameterType type, long value) {
        if (type == ParameterType.UNKNOWN || type == ParameterType.STRING) {
            throw new IllegalArgumentException("parameter '" + name + "' of type " + type + " is more than 64 bits");
        }
        set(index, name, type.number(), value);
    }

    /**
     * Fills an entry with a text.
     *
     * @param index which entry
     * @param name the parameter's name
     * @param text the text
     */
    public void setText(int index, String name, String text) {
        if (texts == null) {
            texts = new @Nullable String[bits.length];
        }
        texts[index] = Objects.requireNonNull(text, "text");
        set(index, name, ParameterType.STRING.number(), 0);
    }

    /**
     * Fills an entry with 64 bits of a type that this version may have no name for; they are kept, and shown as such.
     *
     * @param index which entry
     * @param name the parameter's name
     * @param typeNumber a {@code virTypedParameterType}, 1 to 255
     * @param value the bits
     */
    public void setUntyped(int index, String name, int typeNumber, long value) {
        ParameterType type = ParameterType.ofNumber(typeNumber);
        if (type == ParameterType.UNKNOWN) {
            set(index, name, typeNumber, value);
        } else {
            set(index, name, type, value);
        }
    }

    private void set(int index, String name, int typeNumber, long value) {
        if (typeNumber < 1 || typeNumber > MAX_TYPE_NUMBER) {
            throw new IllegalArgumentException("parameter '" + name + "' has the type number " + typeNumber);
        }
        names[index] = Objects.requireNonNull(name, "name");
        types[index] = (byte) typeNumber;
        bits[index] = value;
    }

    /**
     * Says where the values come from. A driver calls this on each call that fills something.
     *
     * @param origin a value that the driver keeps and replaces only when it changes
     */
    public void setOrigin(CpuStatsOrigin origin) {
        this.origin = Objects.requireNonNull(origin, "origin");
    }

    /**
     * Tells whether an entry was filled.
     *
     * @param index which entry
     * @return whether it has a name, a type and a value
     */
    public boolean isSet(int index) {
        return types[index] != 0;
    }

    /**
     * Returns an entry's name.
     *
     * @param index which entry
     * @return its name
     * @throws IllegalStateException if the entry is not set
     */
    public String name(int index) {
        String name = names[index];
        if (types[index] == 0 || name == null) {
            throw unset(index);
        }
        return name;
    }

    /**
     * Returns an entry's type.
     *
     * @param index which entry
     * @return its type
     * @throws IllegalStateException if the entry is not set
     */
    public ParameterType type(int index) {
        return ParameterType.ofNumber(typeNumber(index));
    }

    /**
     * Returns libvirt's number of an entry's type, also of one that this version has no name for.
     *
     * @param index which entry
     * @return a {@code virTypedParameterType}
     * @throws IllegalStateException if the entry is not set
     */
    public int typeNumber(int index) {
        if (types[index] == 0) {
            throw unset(index);
        }
        return Byte.toUnsignedInt(types[index]);
    }

    /**
     * Returns an entry of type {@link ParameterType#ULLONG}.
     *
     * @param index which entry
     * @return its value, to be read as unsigned
     * @throws IllegalStateException if the entry is not set or of another type
     */
    public long unsignedLong(int index) {
        if (types[index] != ParameterType.ULLONG.number()) {
            throw isSet(index)
                    ? new IllegalStateException("parameter " + index + " '" + name(index) + "' is " + type(index))
                    : unset(index);
        }
        return bits[index];
    }

    /**
     * Returns an entry of type {@link ParameterType#LLONG}, such as a quota.
     *
     * @param index which entry
     * @return its value
     * @throws IllegalStateException if the entry is not set or of another type
     * @since 0.1, level 2
     */
    public long signedLong(int index) {
        if (type(index) != ParameterType.LLONG) {
            throw new IllegalStateException("parameter " + index + " '" + name(index) + "' is " + type(index));
        }
        return bits[index];
    }

    /**
     * Returns an entry as text, whatever its type.
     *
     * @param index which entry
     * @return a number in decimal, a text as it is; the number and the bits of a type that is not known
     * @throws IllegalStateException if the entry is not set
     */
    public String valueAsString(int index) {
        return switch (type(index)) {
            case INT, LLONG -> Long.toString(bits[index]);
            case UINT, ULLONG -> Long.toUnsignedString(bits[index]);
            case DOUBLE -> Double.toString(Double.longBitsToDouble(bits[index]));
            case BOOLEAN -> Boolean.toString(bits[index] != 0);
            case STRING -> texts == null ? "" : String.valueOf(texts[index]);
            case UNKNOWN -> "type " + typeNumber(index) + ": 0x" + Long.toHexString(bits[index]);
        };
    }

    /**
     * Returns where the values of the last call come from.
     *
     * @return the origin, empty if the last call filled nothing or the driver did not say
     */
    public Optional<CpuStatsOrigin> origin() {
        return Optional.ofNullable(origin);
    }

    private static IllegalStateException unset(int index) {
        return new IllegalStateException("parameter " + index + " is not set");
    }

    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ", "[", "]");
        for (int i = 0; i < bits.length; i++) {
            text.add(isSet(i) ? name(i) + "=" + valueAsString(i) : "-");
        }
        return text.toString();
    }
}
