package dev.vireo.driver.qemu.cgroup.percpu.btf;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.vireo.driver.qemu.cgroup.Mutations;
import dev.vireo.driver.qemu.cgroup.percpu.bpf.GroupFields;
import dev.vireo.driver.qemu.cgroup.percpu.bpf.TaskFields;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Types that were spoiled, on the way or on purpose: an answer or a reason, soon and in little memory, and nothing else. */
class BtfPropertiesTest {
    /** A hundred times what it takes; without a bound there would be no end. */
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long MOST_MEMORY = 1 << 20;
    private static final long MOST_MEMORY_A_BYTE = 16;

    @Property
    void spoiledTypesGiveAPlaceOrAReason(
            @ForAll RecordedKernel kernel, @ForAll("mutations") Mutations.Mutation mutation) {
        assertAnswersOrRefuses(mutation.apply(kernel.bytes()));
    }

    @Property
    void anyBytesBehindAHeaderGiveAPlaceOrAReason(@ForAll @Size(max = 4000) byte[] content) {
        ByteBuffer file = ByteBuffer.allocate(24 + content.length).order(ByteOrder.nativeOrder());
        file.putShort((short) 0xeb9f).put((byte) 1).put((byte) 0).putInt(24);
        int half = content.length / 2;
        file.putInt(0).putInt(half).putInt(half).putInt(content.length - half).put(content);
        assertAnswersOrRefuses(file.array());
    }

    @Property
    void anyBytesGiveAReason(@ForAll @Size(max = 2000) byte[] bytes) {
        assertAnswersOrRefuses(bytes);
    }

    @Provide
    Arbitrary<Mutations.Mutation> mutations() {
        return Mutations.few();
    }

    private static void assertAnswersOrRefuses(byte[] bytes) {
        assertTimeoutPreemptively(SOON, () -> {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            try {
                Btf types = Btf.of(bytes);
                ask(() -> TaskFields.of(types));
                ask(() -> GroupFields.of(types));
                ask(() -> types.typedef("btf_trace_sched_stat_runtime"));
            } catch (BtfException refused) {
                assertTrue(refused.getMessage().contains("kernel's"), refused.getMessage());
            }
            long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
            assertTrue(
                    taken <= MOST_MEMORY + MOST_MEMORY_A_BYTE * bytes.length,
                    () -> bytes.length + " bytes took " + taken + " of memory");
        });
    }

    private interface Question {
        Object ask() throws BtfException;
    }

    private static void ask(Question question) {
        try {
            question.ask();
        } catch (BtfException refused) {
            assertTrue(refused.getMessage().contains("kernel's"), refused.getMessage());
        }
    }
}
