package dev.vireo.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A firmware of 64 KiB, so that a guest is up at once and its load is known. */
public enum GuestRom {
    /** {@code jmp $}: a vCPU is busy for ever. */
    SPINS(0xeb, 0xfe),
    /** {@code cli; hlt}: nothing wakes it up again. */
    IDLES(0xfa, 0xf4);

    private static final int SIZE = 64 * 1024;
    /** Where an x86 processor begins, seen from the start of a ROM that ends at 4 GiB. */
    private static final int RESET_VECTOR = 0xfff0;

    private final int first;
    private final int second;

    GuestRom(int first, int second) {
        this.first = first;
        this.second = second;
    }

    public void writeTo(Path file) throws IOException {
        byte[] rom = new byte[SIZE];
        rom[RESET_VECTOR] = (byte) first;
        rom[RESET_VECTOR + 1] = (byte) second;
        Files.write(file, rom);
    }
}
