package dev.vireo.driver.qemu.cgroup.percpu.btf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A kernel's types, from the bytes of {@code /sys/kernel/btf/vmlinux}: where the fields of its structures lie, and the
 * numbers by which it refers to types. Any bytes are read in time and memory that grow with their number alone; what they
 * lack is an error that names it.
 *
 * <p>Source: the kernel's {@code Documentation/bpf/btf.rst}. Thread-safe.
 */
public final class Btf {
    private static final int MAGIC = 0xeb9f;
    private static final int VERSION = 1;
    private static final int HEADER = 24;
    private static final int TYPE_HEAD = 12;
    private static final int MEMBER = 12;
    private static final int ENUMERATOR = 8;
    /** More than real structures have of structures without a name in them, or types of other names. */
    private static final int MOST_NESTED = 64;
    /** With a size for bit fields, an offset has 24 bits. */
    private static final int OFFSET_WITH_SIZE = 0xffffff;

    private final ByteBuffer bytes;
    private final int stringsStart;
    private final int stringsEnd;
    // where each type begins, by its number; 0 is void
    private int[] types = new int[1024];
    private int size = 1;
    // many fields of one structure are asked for, and there are a hundred thousand types to look through
    private final Map<String, Integer> found = new ConcurrentHashMap<>();

    private Btf(ByteBuffer bytes, int stringsStart, int stringsEnd) {
        this.bytes = bytes;
        this.stringsStart = stringsStart;
        this.stringsEnd = stringsEnd;
    }

    /**
     * Reads types.
     *
     * @param content all of the file
     * @return the types in it
     * @throws BtfException if they are cut off, or in a form that is not known
     */
    public static Btf of(byte[] content) throws BtfException {
        ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.nativeOrder());
        if (content.length < HEADER || Short.toUnsignedInt(bytes.getShort(0)) != MAGIC || bytes.get(2) != VERSION) {
            throw new BtfException("the kernel's types do not begin as BTF of version " + VERSION + " does");
        }
        int header = bytes.getInt(4);
        int typesStart = within(content, header, bytes.getInt(8));
        int typesEnd = within(content, typesStart, bytes.getInt(12));
        int stringsStart = within(content, header, bytes.getInt(16));
        int stringsEnd = within(content, stringsStart, bytes.getInt(20));
        Btf btf = new Btf(bytes, stringsStart, stringsEnd);
        btf.index(typesStart, typesEnd);
        return btf;
    }

    private static int within(byte[] content, int start, int length) throws BtfException {
        if (start < 0 || length < 0 || length > content.length - start) {
            throw cutOff();
        }
        return start + length;
    }

    private static BtfException cutOff() {
        return new BtfException("the kernel's types are cut off");
    }

    private void index(int start, int end) throws BtfException {
        for (int at = start; at < end; ) {
            if (end - at < TYPE_HEAD) {
                throw cutOff();
            }
            int next = at + TYPE_HEAD + kindAt(at).tail(membersAt(at));
            if (next > end) {
                throw cutOff();
            }
            if (size == types.length) {
                types = Arrays.copyOf(types, size * 2);
            }
            types[size++] = at;
            at = next;
        }
    }

    /**
     * Returns the number of a type definition.
     *
     * @param name its name
     * @return its number
     * @throws BtfException if there is none
     */
    public int typedef(String name) throws BtfException {
        return find(Kind.TYPEDEF, name);
    }

    /**
     * Tells whether a structure has a field.
     *
     * @param struct the structure's name
     * @param field the field's name
     * @return whether both are there
     */
    public boolean hasField(String struct, String field) {
        try {
            return offset(struct, field) >= 0;
        } catch (BtfException missing) {
            return false;
        }
    }

    /**
     * Returns where a field lies.
     *
     * @param struct the structure's name
     * @param path the field's name, preceded by those of the fields that it lies in
     * @return bytes from the structure's start
     * @throws BtfException if the structure or a field is missing
     */
    public int offset(String struct, String... path) throws BtfException {
        int type = find(Kind.STRUCT, struct);
        long bits = 0;
        for (String field : path) {
            Field found = field(type, field);
            if (found == null) {
                throw new BtfException("the kernel's struct " + struct + " has no field " + String.join(".", path));
            }
            bits += found.bits();
            type = found.type();
        }
        if (bits % Byte.SIZE != 0 || bits / Byte.SIZE > Short.MAX_VALUE) {
            throw new BtfException(
                    "the field " + String.join(".", path) + " of the kernel's struct " + struct + " cannot be read");
        }
        return (int) (bits / Byte.SIZE);
    }

    /**
     * Returns the value of an enumeration's constant.
     *
     * @param enumeration its name
     * @param constant the constant's name
     * @return the value
     * @throws BtfException if one of them is missing
     */
    public int constant(String enumeration, String constant) throws BtfException {
        int at = types[find(Kind.ENUM, enumeration)];
        byte[] wanted = constant.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < membersAt(at); i++) {
            int enumerator = at + TYPE_HEAD + i * ENUMERATOR;
            if (isNamed(enumerator, wanted)) {
                return bytes.getInt(enumerator + 4);
            }
        }
        throw new BtfException("the kernel's enum " + enumeration + " has no " + constant);
    }

    /** A field of a structure, or a structure without a name in it: where it begins, and its type. */
    private record Field(long bits, int type) {}

    /** Looks for a field, also in structures without a name, whose fields pass for those of the one they lie in. */
    private @Nullable Field field(int type, String name) throws BtfException {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        Deque<Field> structures = new ArrayDeque<>(List.of(new Field(0, type)));
        for (int visited = 0; visited < MOST_NESTED && !structures.isEmpty(); visited++) {
            Field structure = structures.remove();
            int at = types[bare(structure.type())];
            boolean hasFields = at != 0 && kindAt(at).hasFields();
            for (int i = 0; hasFields && i < membersAt(at); i++) {
                int member = at + TYPE_HEAD + i * MEMBER;
                Field field = new Field(structure.bits() + bitsOf(at, member), checked(bytes.getInt(member + 4)));
                if (isNamed(member, wanted)) {
                    return field;
                }
                if (bytes.getInt(member) == 0 && structures.size() < MOST_NESTED) {
                    structures.add(field);
                }
            }
        }
        return null;
    }

    private long bitsOf(int structure, int member) {
        boolean hasBitFieldSizes = bytes.getInt(structure + 4) < 0;
        int offset = bytes.getInt(member + 8);
        return hasBitFieldSizes ? offset & OFFSET_WITH_SIZE : Integer.toUnsignedLong(offset);
    }

    /** Returns the number of the type behind other names and properties. */
    private int bare(int type) throws BtfException {
        int bare = type;
        for (int i = 0; i < MOST_NESTED && bare != 0 && kindAt(types[bare]).isModifier(); i++) {
            bare = checked(bytes.getInt(types[bare] + 8));
        }
        return bare;
    }

    private int checked(int type) throws BtfException {
        if (type < 0 || type >= size) {
            throw new BtfException("the kernel's types refer to one that is not there");
        }
        return type;
    }

    private int find(Kind kind, String name) throws BtfException {
        Integer before = found.get(kind + name);
        if (before != null) {
            return before;
        }
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        for (int type = 1; type < size; type++) {
            if (kindAt(types[type]) == kind && isNamed(types[type], wanted)) {
                found.put(kind + name, type);
                return type;
            }
        }
        throw new BtfException("the kernel's types have no " + kind.name().toLowerCase(Locale.ROOT) + " " + name);
    }

    /** Tells whether what stands at a place, and begins with where its name is, has this name. */
    private boolean isNamed(int at, byte[] wanted) {
        long start = stringsStart + Integer.toUnsignedLong(bytes.getInt(at));
        if (start + wanted.length >= stringsEnd || bytes.get((int) start + wanted.length) != 0) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (bytes.get((int) start + i) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private Kind kindAt(int at) throws BtfException {
        int number = bytes.getInt(at + 4) >>> 24 & 0x1f;
        Kind kind = Kind.of(number);
        if (kind == null) {
            throw new BtfException("the kernel's types have one of the unknown kind " + number);
        }
        return kind;
    }

    private int membersAt(int at) {
        return bytes.getInt(at + 4) & 0xffff;
    }
}
