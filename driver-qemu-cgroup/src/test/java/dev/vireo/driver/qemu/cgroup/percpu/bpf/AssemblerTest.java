package dev.vireo.driver.qemu.cgroup.percpu.bpf;

import static dev.vireo.driver.qemu.cgroup.percpu.bpf.Register.R0;
import static dev.vireo.driver.qemu.cgroup.percpu.bpf.Register.R1;
import static dev.vireo.driver.qemu.cgroup.percpu.bpf.Register.R10;
import static dev.vireo.driver.qemu.cgroup.percpu.bpf.Register.R2;
import static dev.vireo.driver.qemu.cgroup.percpu.bpf.Register.R6;
import static dev.vireo.driver.qemu.cgroup.percpu.bpf.Register.R7;
import static dev.vireo.driver.qemu.cgroup.percpu.bpf.Register.R8;
import static dev.vireo.driver.qemu.cgroup.percpu.bpf.Register.R9;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the bytes that the GNU assembler for BPF (binutils 2.40) makes of the same instructions. */
class AssemblerTest {
    static Arguments[] instructions() {
        return new Arguments[] {
            instruction("6182 9c01 00000000", code -> code.load(R2, R8, 0x19c)),
            instruction("7916 0000 00000000", code -> code.loadLong(R6, R1, 0)),
            instruction("631a f8ff 00000000", code -> code.store(R10, -8, R1)),
            instruction("7b0a f0ff 00000000", code -> code.storeLong(R10, -16, R0)),
            instruction("620a f8ff 00000000", code -> code.store(R10, -8, 0)),
            instruction("7a00 0000 01000000", code -> code.storeLong(R0, 0, 1)),
            instruction("bf07 0000 00000000", code -> code.move(R7, R0)),
            instruction("b709 0000 ffffffff", code -> code.move(R9, -1)),
            instruction("bc01 0000 00000000", code -> code.moveInt(R1, R0)),
            instruction("0f68 0000 00000000", code -> code.add(R8, R6)),
            instruction("0702 0000 f8ffffff", code -> code.add(R2, -8)),
            instruction("1f18 0000 00000000", code -> code.subtract(R8, R1)),
            instruction("2701 0000 04000000", code -> code.multiply(R1, 4)),
            instruction("5701 0000 01000000", code -> code.and(R1, 1)),
            instruction("6706 0000 03000000", code -> code.shiftLeft(R6, 3)),
            instruction("7701 0000 20000000", code -> code.shiftRight(R1, 32)),
            instruction("7f21 0000 00000000", code -> code.shiftRight(R1, R2)),
            instruction("8500 0000 71000000", code -> code.call(Helper.PROBE_READ_KERNEL)),
            instruction("9500 0000 00000000", Assembler::exit),
            // in the place of a register stands what is loaded: a map's descriptor, or a place in its first value
            instruction("1811 0000 07000000 0000 0000 00000000", code -> code.map(R1, 7)),
            instruction("1821 0000 07000000 0000 0000 08000000", code -> code.mapValue(R1, 7, 8)),
        };
    }

    private static Arguments instruction(String bytes, UnaryOperator<Assembler> written) {
        return Arguments.of(bytes.replace(" ", ""), written);
    }

    @ParameterizedTest
    @MethodSource("instructions")
    void anInstructionIsAsTheGnuAssemblerWritesIt(String bytes, UnaryOperator<Assembler> written) {
        assertEquals(bytes, hex(written.apply(new Assembler(ByteOrder.LITTLE_ENDIAN))));
    }

    @Test
    void jumpsCountInstructionsFromTheNextOneOn() {
        Assembler code = new Assembler(ByteOrder.LITTLE_ENDIAN);
        code.label("start").jumpIfEqual(R0, 0, "end").jumpIfNotEqual(R1, 0, "start");
        code.map(R1, 3).jumpIfLess(R9, 32, "start").label("end").exit();
        assertEquals(
                "1500040000000000" + "5501feff00000000" + "1811000003000000" + "0000000000000000" + "a509fbff20000000"
                        + "9500000000000000",
                hex(code));
    }

    @Test
    void onAProcessorOfTheOtherOrderNumbersAndRegistersAreTurnedRound() {
        assertEquals("6128019c00000000", hex(new Assembler(ByteOrder.BIG_ENDIAN).load(R2, R8, 0x19c)));
        assertEquals("63a1fff800000000", hex(new Assembler(ByteOrder.BIG_ENDIAN).store(R10, -8, R1)));
    }

    @Test
    void whatCannotBeWrittenIsRefused() {
        Assembler code = new Assembler(ByteOrder.LITTLE_ENDIAN);
        assertThrows(IllegalArgumentException.class, () -> code.load(R1, R2, 1 << 15));
        code.label("here");
        assertThrows(IllegalStateException.class, () -> code.label("here"));
        assertThrows(
                IllegalStateException.class,
                () -> code.jumpIfEqual(R1, 0, "nowhere").assemble());
    }

    private static String hex(Assembler code) {
        return HexFormat.of().formatHex(code.assemble());
    }
}
