package dev.vireo.driver.qemu.cgroup.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * {@code bpf(2)}: programs that run inside the kernel, and the maps that they share with this process. The structures are
 * those of {@code include/uapi/linux/bpf.h} up to what Linux 5.10 knows. Thread-safe.
 */
public final class Bpf {
    /** The system call, so that a test can answer in the kernel's place. */
    @FunctionalInterface
    interface SystemCall {
        /** Returns what the kernel answers to attributes that point to other memory, or an errno below 0. */
        int call(int command, NativeBuffer attributes, NativeBuffer pointedTo);
    }

    private static final int MAP_CREATE = 0;
    private static final int PROG_LOAD = 5;
    private static final int OBJ_PIN = 6;
    private static final int OBJ_GET = 7;
    private static final int OBJ_GET_INFO_BY_FD = 15;
    private static final int RAW_TRACEPOINT_OPEN = 17;

    private static final int RAW_TRACEPOINT = 17;
    private static final int TRACING = 26;
    private static final int TRACE_RAW_TRACEPOINT = 23;
    static final int ATTRIBUTES = 120;
    private static final int MAP_INFO = 40;
    private static final int NAME_LENGTH = 16;
    private static final int INSTRUCTION = 8;
    private static final int MOST_TRIES = 5;
    private static final int LOG_SIZE = 1 << 16;
    private static final NativeBuffer LICENCE = text("Dual MIT/GPL");

    private final SystemCall systemCall;
    private final BooleanSupplier unlimitLockedMemory;

    /**
     * Makes one.
     *
     * @param unlimitLockedMemory takes the bounds off the memory that this process may lock, if this kernel charges maps to
     *     it; returns whether it has
     */
    Bpf(SystemCall systemCall, BooleanSupplier unlimitLockedMemory) {
        this.systemCall = systemCall;
        this.unlimitLockedMemory = unlimitLockedMemory;
    }

    /**
     * Returns the system call of the running kernel.
     *
     * @return the real one
     */
    public static Bpf ofThisKernel() {
        boolean chargesMaps = chargesMaps(System.getProperty("os.version", ""));
        return new Bpf(Libc::bpf, () -> chargesMaps && Libc.unlimitLockedMemory());
    }

    /** Tells whether a kernel charges maps to the memory that a process may lock, as it did before Linux 5.11. */
    static boolean chargesMaps(String release) {
        return release.matches("([0-4]|5\\.([0-9]|10))(\\D.*)?");
    }

    /**
     * Makes a map.
     *
     * @param spec what it is to be like
     * @return its descriptor
     * @throws IOException if the kernel refuses
     */
    public Descriptor createMap(MapSpec spec) throws IOException {
        NativeBuffer attributes = attributes();
        attributes.bytes().putInt(0, spec.type().number).putInt(4, spec.keySize());
        attributes
                .bytes()
                .putInt(8, spec.valueSize())
                .putInt(12, spec.entries())
                .putInt(16, spec.flags());
        attributes.bytes().put(28, name(spec.name()));
        int answer = systemCall.call(MAP_CREATE, attributes, attributes);
        if (answer == -SystemCallException.EPERM && unlimitLockedMemory.getAsBoolean()) {
            answer = systemCall.call(MAP_CREATE, attributes, attributes);
        }
        return new Descriptor(checked("bpf(MAP_CREATE)", answer));
    }

    /**
     * Loads a program that runs at an event of the scheduler, with the kernel's own types as its arguments.
     *
     * @param instructions the program
     * @param event the number of the event's type definition
     * @param name what tools call it, 15 letters at most
     * @return its descriptor
     * @throws IOException if the kernel refuses
     */
    public Descriptor loadEventProgram(byte[] instructions, int event, String name) throws IOException {
        return load(TRACING, TRACE_RAW_TRACEPOINT, event, instructions, name);
    }

    /**
     * Loads a program that runs when it is told to.
     *
     * @param instructions the program
     * @param name what tools call it, 15 letters at most
     * @return its descriptor
     * @throws IOException if the kernel refuses
     */
    public Descriptor loadProgram(byte[] instructions, String name) throws IOException {
        return load(RAW_TRACEPOINT, 0, 0, instructions, name);
    }

    private Descriptor load(int type, int attachType, int event, byte[] instructions, String name) throws IOException {
        NativeBuffer code = NativeBuffer.allocate(instructions.length);
        code.bytes().put(0, instructions);
        NativeBuffer attributes = attributes();
        ByteBuffer bytes = attributes.bytes();
        bytes.putInt(0, type).putInt(4, instructions.length / INSTRUCTION);
        bytes.putLong(8, code.address()).putLong(16, LICENCE.address());
        bytes.put(48, name(name)).putInt(68, attachType).putInt(108, event);
        int answer = systemCall.call(PROG_LOAD, attributes, code);
        // the verifier gives up when a signal comes
        for (int tries = 1; answer == -SystemCallException.EAGAIN && tries < MOST_TRIES; tries++) {
            answer = systemCall.call(PROG_LOAD, attributes, code);
        }
        if (answer < 0) {
            throw refused(attributes, code, -answer);
        }
        return new Descriptor(answer);
    }

    /** Asks again, for the reason: what the kernel could not prove, as its last words. */
    private SystemCallException refused(NativeBuffer attributes, NativeBuffer code, int errno) {
        NativeBuffer log = NativeBuffer.allocate(LOG_SIZE);
        attributes.bytes().putInt(24, 1).putInt(28, LOG_SIZE).putLong(32, log.address());
        boolean hasLog = systemCall.call(PROG_LOAD, attributes, code) < 0;
        String said = hasLog ? lastWords(log) : "";
        return new SystemCallException("bpf(PROG_LOAD)" + (said.isEmpty() ? "" : " (" + said + ")"), errno);
    }

    private static String lastWords(NativeBuffer log) {
        byte[] text = new byte[log.bytes().capacity()];
        log.bytes().get(0, text);
        String said = new String(text, StandardCharsets.UTF_8).split("\0", 2)[0].strip();
        return said.lines().filter(line -> !line.startsWith("processed ")).reduce("", (before, line) -> line);
    }

    /**
     * Lets a program run at its event, for as long as the answer is open or pinned.
     *
     * @param program one that was loaded for an event
     * @return a descriptor that stands for it
     * @throws IOException if the kernel refuses
     */
    public Descriptor attach(Descriptor program) throws IOException {
        NativeBuffer attributes = attributes();
        attributes.bytes().putInt(8, program.number());
        return new Descriptor(
                checked("bpf(RAW_TRACEPOINT_OPEN)", systemCall.call(RAW_TRACEPOINT_OPEN, attributes, attributes)));
    }

    /**
     * Prepares to run a program again and again.
     *
     * @param program one that runs when it is told to
     * @return its runs
     */
    public ProgramRun runs(Descriptor program) {
        return new ProgramRun(this, program);
    }

    /**
     * Prepares to change the elements of a map.
     *
     * @param map a map whose keys and values have 4 or 8 bytes
     * @return its elements
     */
    public MapElements elements(Descriptor map) {
        return new MapElements(this, map);
    }

    /**
     * Gives a map or an attached program a name in bpffs, by which it outlives this process.
     *
     * @param what a descriptor of it
     * @param path a name that is not taken
     * @throws IOException if the kernel refuses
     */
    public void pin(Descriptor what, Path path) throws IOException {
        NativeBuffer name = NativeBuffer.path(path.toString());
        NativeBuffer attributes = attributes();
        attributes.bytes().putLong(0, name.address()).putInt(8, what.number());
        int answer = systemCall.call(OBJ_PIN, attributes, name);
        checked("bpf(OBJ_PIN) of " + path, answer);
    }

    /**
     * Opens what was pinned.
     *
     * @param path its name in bpffs
     * @return a descriptor
     * @throws IOException if it is not there, or the kernel refuses
     */
    public Descriptor openPinned(Path path) throws IOException {
        NativeBuffer name = NativeBuffer.path(path.toString());
        NativeBuffer attributes = attributes();
        attributes.bytes().putLong(0, name.address());
        int answer = systemCall.call(OBJ_GET, attributes, name);
        return new Descriptor(checked("bpf(OBJ_GET) of " + path, answer));
    }

    /**
     * Asks what a map is like.
     *
     * @param map the map
     * @param spec what it ought to be like
     * @return whether it is
     * @throws IOException if it is no map
     */
    public boolean is(Descriptor map, MapSpec spec) throws IOException {
        NativeBuffer info = NativeBuffer.allocate(MAP_INFO);
        NativeBuffer attributes = attributes();
        attributes.bytes().putInt(0, map.number()).putInt(4, MAP_INFO).putLong(8, info.address());
        int answer = systemCall.call(OBJ_GET_INFO_BY_FD, attributes, info);
        checked("bpf(OBJ_GET_INFO_BY_FD)", answer);
        byte[] name = new byte[NAME_LENGTH];
        ByteBuffer told = info.bytes().get(24, name);
        return told.getInt(0) == spec.type().number
                && told.getInt(8) == spec.keySize()
                && told.getInt(12) == spec.valueSize()
                && told.getInt(16) == spec.entries()
                && told.getInt(20) == spec.flags()
                && Arrays.equals(name, name(spec.name()));
    }

    int call(int command, NativeBuffer attributes, NativeBuffer pointedTo) {
        return systemCall.call(command, attributes, pointedTo);
    }

    static int checked(String call, int answer) throws SystemCallException {
        if (answer < 0) {
            throw new SystemCallException(call, -answer);
        }
        return answer;
    }

    static NativeBuffer attributes() {
        return NativeBuffer.allocate(ATTRIBUTES);
    }

    private static byte[] name(String text) {
        return Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), NAME_LENGTH);
    }

    private static NativeBuffer text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        NativeBuffer buffer = NativeBuffer.allocate(bytes.length + 1);
        buffer.bytes().put(0, bytes);
        return buffer;
    }
}
