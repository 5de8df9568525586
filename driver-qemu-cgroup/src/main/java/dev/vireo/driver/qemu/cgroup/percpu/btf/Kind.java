package dev.vireo.driver.qemu.cgroup.percpu.btf;

import org.jspecify.annotations.Nullable;

/** The kinds of types in BTF, in the order of their numbers from 1 on, with the room that each takes behind its head. */
enum Kind {
    INT(4, 0),
    PTR(0, 0),
    ARRAY(12, 0),
    STRUCT(0, 12),
    UNION(0, 12),
    ENUM(0, 8),
    FWD(0, 0),
    TYPEDEF(0, 0),
    VOLATILE(0, 0),
    CONST(0, 0),
    RESTRICT(0, 0),
    FUNC(0, 0),
    FUNC_PROTO(0, 8),
    VAR(4, 0),
    DATASEC(0, 12),
    FLOAT(0, 0),
    DECL_TAG(4, 0),
    TYPE_TAG(0, 0),
    ENUM64(0, 12);

    private static final Kind[] BY_NUMBER = values();

    private final int fixed;
    private final int each;

    Kind(int fixed, int each) {
        this.fixed = fixed;
        this.each = each;
    }

    /** Returns null for a number that no kernel known here uses. */
    static @Nullable Kind of(int number) {
        return number < 1 || number > BY_NUMBER.length ? null : BY_NUMBER[number - 1];
    }

    /** Returns how many bytes follow the head of a type with so many members. */
    int tail(int members) {
        return fixed + each * members;
    }

    /** Tells whether a type is only another name or a property of the one it refers to. */
    boolean isModifier() {
        return switch (this) {
            case TYPEDEF, VOLATILE, CONST, RESTRICT, TYPE_TAG -> true;
            default -> false;
        };
    }

    boolean hasFields() {
        return this == STRUCT || this == UNION;
    }
}
