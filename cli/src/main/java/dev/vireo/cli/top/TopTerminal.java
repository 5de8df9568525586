package dev.vireo.cli.top;

import java.io.IOError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.keymap.BindingReader;
import org.jline.keymap.KeyMap;
import org.jline.reader.EndOfFileException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.ShutdownHooks;
import org.jspecify.annotations.Nullable;

/**
 * The terminal while it is watched: its other screen, keys without echo, no cursor. It is put back by {@link #close}, and by the
 * JVM's end if a signal comes first. Thread-safe.
 */
final class TopTerminal implements AutoCloseable {
    private static final long ESCAPE_MILLIS = 50;
    /** Held, since a level is forgotten with its logger. */
    private static final Logger JLINE = Logger.getLogger("org.jline");

    private static final Size USUAL = Size.of(80, 24);

    private static final long PATIENCE_SECONDS = 2;
    /** What a shell sees of a process that SIGTERM has ended. */
    private static final int KILLED = 143;

    private final Terminal terminal;
    private final ShutdownHooks.Task hook;
    private final JobControl job;
    private final Display display;
    private final KeyMap<Key> keys;
    private @Nullable Attributes before;
    private @Nullable Size drawn;
    private boolean isOpen;
    private boolean isOver;

    /** Takes a terminal, which a task of the JVM's end is to put back. */
    TopTerminal(Terminal terminal, ShutdownHooks.Task hook, JobControl job) {
        this.terminal = terminal;
        this.hook = hook;
        this.job = job;
        display = new Display(terminal, true);
        keys = keys(terminal);
    }

    /** Opens the terminal of this process; returns null if there is none, or one that cannot move its cursor. */
    static @Nullable TopTerminal open() {
        AtomicReference<@Nullable TopTerminal> opened = new AtomicReference<>();
        ShutdownHooks.Task hook = () -> {
            endAnyway();
            restore(opened.get());
        };
        // tasks run in their order: this one has to come before JLine's own, after which nothing can be written
        ShutdownHooks.add(hook);
        Terminal terminal = build();
        if (terminal == null) {
            ShutdownHooks.remove(hook);
            return null;
        }
        TopTerminal open = new TopTerminal(terminal, hook, new JobControl());
        opened.set(open);
        if (terminal.getStringCapability(Capability.cursor_address) == null) {
            open.close();
            return null;
        }
        return open;
    }

    private static @Nullable Terminal build() {
        // a terminal that it does not know is no news with a stack trace, but one that cannot be used
        JLINE.setLevel(Level.OFF);
        try {
            return TerminalBuilder.builder()
                    .system(true)
                    .systemOutput(TerminalBuilder.SystemOutput.SysOut)
                    .dumb(false)
                    .ffm(false)
                    .graphemeCluster(false)
                    .encoding(StandardCharsets.UTF_8)
                    .build();
        } catch (IOException | IllegalStateException none) {
            return null;
        }
    }

    /** A terminal that takes nothing any more holds up who writes to it, and the end of the process must not wait for that. */
    private static void endAnyway() {
        Thread end = new Thread(
                () -> {
                    try {
                        TimeUnit.SECONDS.sleep(PATIENCE_SECONDS);
                    } catch (InterruptedException hurried) {
                        // at once, then
                    }
                    Runtime.getRuntime().halt(KILLED);
                },
                "vireo-top-end");
        end.setDaemon(true);
        end.start();
    }

    private static void restore(@Nullable TopTerminal open) {
        if (open != null) {
            open.restore();
        }
    }

    /** Takes the screen, and tells of keys and of changes of its size from now on. */
    void start(Consumer<Event> events) {
        take();
        terminal.handle(Signal.WINCH, signal -> events.accept(new Event.Redraw()));
        terminal.handle(Signal.INT, signal -> events.accept(new Event.Quit()));
        terminal.handle(Signal.TSTP, signal -> suspend(events));
        terminal.handle(Signal.CONT, signal -> goOn(events));
        Thread reader = new Thread(() -> readKeys(events), "vireo-keys");
        reader.setDaemon(true);
        reader.start();
    }

    private synchronized void take() {
        if (isOver) {
            return;
        }
        Attributes found = terminal.enterRawMode();
        before = before == null ? found : before;
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.keypad_xmit);
        terminal.puts(Capability.cursor_invisible);
        terminal.flush();
        isOpen = true;
    }

    /** Gives the terminal back to the shell until that lets this process go on. */
    private void suspend(Consumer<Event> events) {
        giveBack();
        SignalHandler handler = terminal.handle(Signal.TSTP, SignalHandler.SIG_DFL);
        job.stop();
        terminal.handle(Signal.TSTP, handler);
        goOn(events);
    }

    private synchronized void giveBack() {
        leave();
        if (before != null && !isOver) {
            terminal.setAttributes(before);
        }
    }

    /** Goes on after a stop, of whatever kind: what ran meanwhile may have left the terminal in any state. */
    private void goOn(Consumer<Event> events) {
        job.goesOn();
        take();
        events.accept(new Event.Redraw());
    }

    synchronized Size size() {
        Size size = isOpen ? terminal.getSize() : USUAL;
        return size.getColumns() > 0 && size.getRows() > 0 ? size : USUAL;
    }

    /** Shows what has changed since the last time. */
    synchronized void draw(List<AttributedString> lines, Size size) {
        if (!isOpen) {
            return;
        }
        if (!size.equals(drawn)) {
            drawn = size;
            display.resize(size);
            display.clear();
        }
        display.update(lines, -1);
    }

    /** Has the next drawing show everything. */
    synchronized void redraw() {
        drawn = null;
    }

    private void readKeys(Consumer<Event> events) {
        BindingReader reader = new BindingReader(terminal.reader());
        try {
            for (Key key = reader.readBinding(keys); key != null; key = reader.readBinding(keys)) {
                events.accept(new Event.Pressed(key, reader.getLastBinding()));
            }
        } catch (EndOfFileException | IOError | IllegalStateException gone) {
            // the terminal is, or it was closed
        }
        events.accept(new Event.Quit());
    }

    private static KeyMap<Key> keys(Terminal terminal) {
        KeyMap<Key> keys = new KeyMap<>();
        keys.setAmbiguousTimeout(ESCAPE_MILLIS);
        keys.setNomatch(Key.OTHER);
        keys.setUnicode(Key.CHARACTER);
        for (char printable = ' '; printable < KeyMap.KEYMAP_LENGTH; printable++) {
            keys.bind(Key.CHARACTER, String.valueOf(printable));
        }
        bind(keys, terminal, Key.UP, Capability.key_up, "\u001b[A", "\u001bOA");
        bind(keys, terminal, Key.DOWN, Capability.key_down, "\u001b[B", "\u001bOB");
        bind(keys, terminal, Key.PAGE_UP, Capability.key_ppage, "\u001b[5~");
        bind(keys, terminal, Key.PAGE_DOWN, Capability.key_npage, "\u001b[6~");
        bind(keys, terminal, Key.HOME, Capability.key_home, "\u001b[H", "\u001bOH", "\u001b[1~");
        bind(keys, terminal, Key.END, Capability.key_end, "\u001b[F", "\u001bOF", "\u001b[4~");
        bind(keys, terminal, Key.BACKSPACE, Capability.key_backspace, "\u007f", "\b");
        keys.bind(Key.ENTER, "\r", "\n");
        keys.bind(Key.INTERRUPT, KeyMap.ctrl('C'));
        keys.bind(Key.ESCAPE, KeyMap.esc());
        return keys;
    }

    private static void bind(KeyMap<Key> keys, Terminal terminal, Key key, Capability capability, String... usual) {
        keys.bind(key, usual);
        String own = KeyMap.key(terminal, capability);
        if (own != null) {
            keys.bind(key, own);
        }
    }

    /** Gives the screen back as it was. What draws now has ended, and nothing is drawn after. */
    private synchronized void restore() {
        isOver = true;
        leave();
    }

    private void leave() {
        if (isOpen) {
            terminal.puts(Capability.cursor_normal);
            terminal.puts(Capability.keypad_local);
            if (!terminal.puts(Capability.exit_ca_mode)) {
                // a terminal of one screen only: what follows comes below
                terminal.puts(Capability.cursor_address, size().getRows() - 1, 0);
                terminal.writer().println();
            }
            terminal.flush();
            isOpen = false;
        }
    }

    @Override
    public void close() {
        restore();
        ShutdownHooks.remove(hook);
        try {
            terminal.close();
        } catch (IOException | IOError gone) {
            // nobody is left to be told
        }
    }
}
