package dev.vireo.driver.qemu.cgroup.percpu.bpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes a program for the kernel's BPF machine, instruction after instruction: eight bytes each, as {@code
 * Documentation/bpf/standardization/instruction-set.rst} describes them. Jumps go to labels, which may come later. Not
 * thread-safe.
 */
final class Assembler {
    private static final int INSTRUCTION = 8;

    // the classes of instructions, and their parts
    private static final int LOAD = 0x61;
    private static final int LOAD_LONG = 0x79;
    private static final int STORE = 0x63;
    private static final int STORE_LONG = 0x7b;
    private static final int STORE_CONSTANT = 0x62;
    private static final int STORE_LONG_CONSTANT = 0x7a;
    private static final int LOAD_ADDRESS = 0x18;
    private static final int CALL = 0x85;
    private static final int EXIT = 0x95;
    private static final int WITH_REGISTER = 0x08;
    private static final int ADD = 0x07;
    private static final int SUBTRACT = 0x17;
    private static final int MULTIPLY = 0x27;
    private static final int AND = 0x57;
    private static final int SHIFT_LEFT = 0x67;
    private static final int SHIFT_RIGHT = 0x77;
    private static final int MOVE = 0xb7;
    private static final int MOVE_INT = 0xb4;
    private static final int JUMP = 0x05;
    private static final int JUMP_EQUAL = 0x15;
    private static final int JUMP_NOT_EQUAL = 0x55;
    private static final int JUMP_LESS = 0xa5;

    // what an address is that is loaded as a constant
    private static final int NUMBER = 0;
    private static final int MAP = 1;
    private static final int MAP_VALUE = 2;

    private ByteBuffer code;
    private final Map<String, Integer> labels = new HashMap<>();
    // from the place of a jump to where it goes
    private final Map<Integer, String> jumps = new HashMap<>();

    Assembler(ByteOrder order) {
        code = ByteBuffer.allocate(64 * INSTRUCTION).order(order);
    }

    /** Puts the label here. */
    Assembler label(String name) {
        if (labels.put(name, place()) != null) {
            throw new IllegalStateException("the label " + name + " is here twice");
        }
        return this;
    }

    /** Takes 32 bits from memory, the upper ones become 0. */
    Assembler load(Register to, Register address, int offset) {
        return put(LOAD, to, address, offset, 0);
    }

    Assembler loadLong(Register to, Register address, int offset) {
        return put(LOAD_LONG, to, address, offset, 0);
    }

    /** Puts the lower 32 bits into memory. */
    Assembler store(Register address, int offset, Register from) {
        return put(STORE, address, from, offset, 0);
    }

    Assembler storeLong(Register address, int offset, Register from) {
        return put(STORE_LONG, address, from, offset, 0);
    }

    Assembler store(Register address, int offset, int constant) {
        return put(STORE_CONSTANT, address, Register.R0, offset, constant);
    }

    Assembler storeLong(Register address, int offset, int constant) {
        return put(STORE_LONG_CONSTANT, address, Register.R0, offset, constant);
    }

    Assembler move(Register to, Register from) {
        return put(MOVE | WITH_REGISTER, to, from, 0, 0);
    }

    Assembler move(Register to, int constant) {
        return put(MOVE, to, Register.R0, 0, constant);
    }

    /** Takes the lower 32 bits, the upper ones become 0. */
    Assembler moveInt(Register to, Register from) {
        return put(MOVE_INT | WITH_REGISTER, to, from, 0, 0);
    }

    Assembler add(Register to, Register what) {
        return put(ADD | WITH_REGISTER, to, what, 0, 0);
    }

    Assembler add(Register to, int constant) {
        return put(ADD, to, Register.R0, 0, constant);
    }

    Assembler subtract(Register from, Register what) {
        return put(SUBTRACT | WITH_REGISTER, from, what, 0, 0);
    }

    Assembler multiply(Register what, int constant) {
        return put(MULTIPLY, what, Register.R0, 0, constant);
    }

    Assembler and(Register what, int constant) {
        return put(AND, what, Register.R0, 0, constant);
    }

    Assembler shiftLeft(Register what, int bits) {
        return put(SHIFT_LEFT, what, Register.R0, 0, bits);
    }

    Assembler shiftRight(Register what, int bits) {
        return put(SHIFT_RIGHT, what, Register.R0, 0, bits);
    }

    Assembler shiftRight(Register what, Register bits) {
        return put(SHIFT_RIGHT | WITH_REGISTER, what, bits, 0, 0);
    }

    Assembler number(Register to, long constant) {
        return address(NUMBER, to, (int) constant, (int) (constant >>> Integer.SIZE));
    }

    /** Takes a map, by its descriptor in the process that loads the program. */
    Assembler map(Register to, int descriptor) {
        return address(MAP, to, descriptor, 0);
    }

    /** Takes the address of a place in the first value of an array map. */
    Assembler mapValue(Register to, int descriptor, int offset) {
        return address(MAP_VALUE, to, descriptor, offset);
    }

    /** The one instruction that takes the room of two. */
    private Assembler address(int kind, Register to, int first, int second) {
        put(LOAD_ADDRESS, to, Register.values()[kind], 0, first);
        return put(0, Register.R0, Register.R0, 0, second);
    }

    Assembler jump(String label) {
        return jump(JUMP, Register.R0, Register.R0, 0, label);
    }

    Assembler jumpIfEqual(Register what, int constant, String label) {
        return jump(JUMP_EQUAL, what, Register.R0, constant, label);
    }

    Assembler jumpIfNotEqual(Register what, int constant, String label) {
        return jump(JUMP_NOT_EQUAL, what, Register.R0, constant, label);
    }

    /** Jumps if it is less, both taken as unsigned. */
    Assembler jumpIfLess(Register what, int constant, String label) {
        return jump(JUMP_LESS, what, Register.R0, constant, label);
    }

    Assembler call(Helper helper) {
        return put(CALL, Register.R0, Register.R0, 0, helper.number());
    }

    Assembler exit() {
        return put(EXIT, Register.R0, Register.R0, 0, 0);
    }

    /** Returns the program's bytes. */
    byte[] assemble() {
        jumps.forEach((place, label) -> {
            Integer target = labels.get(label);
            if (target == null) {
                throw new IllegalStateException("the label " + label + " is nowhere");
            }
            code.putShort(place * INSTRUCTION + 2, (short) (target - place - 1));
        });
        return Arrays.copyOf(code.array(), code.position());
    }

    private Assembler jump(int operation, Register what, Register with, int constant, String label) {
        jumps.put(place(), label);
        return put(operation, what, with, 0, constant);
    }

    private Assembler put(int operation, Register to, Register from, int offset, int constant) {
        if (offset != (short) offset) {
            throw new IllegalArgumentException("an instruction has no room for the offset " + offset);
        }
        ensureRoom();
        code.put((byte) operation);
        code.put(registers(to.ordinal(), from.ordinal()));
        code.putShort((short) offset).putInt(constant);
        return this;
    }

    /** The machine's two half bytes lie in the order of the processor's bytes. */
    private byte registers(int to, int from) {
        return (byte) (code.order() == ByteOrder.LITTLE_ENDIAN ? from << 4 | to : to << 4 | from);
    }

    private int place() {
        return code.position() / INSTRUCTION;
    }

    private void ensureRoom() {
        if (code.remaining() < INSTRUCTION) {
            ByteBuffer larger = ByteBuffer.allocate(code.capacity() * 2).order(code.order());
            code = larger.put(code.flip());
        }
    }
}
