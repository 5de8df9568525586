package dev.vireo.driver.qemu.cgroup.percpu.btf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BtfTest {
    private static final int LONGEST = 1 << 16;

    @ParameterizedTest
    @EnumSource
    void fieldsLieWhereBpftoolSaysThatTheyDo(RecordedKernel kernel) throws BtfException {
        Btf types = kernel.types();
        for (String line : kernel.fields()) {
            List<String> words = List.of(line.split(" ", -1));
            List<String> path = words.subList(1, words.size() - 1);
            String place = words.get(words.size() - 1);
            if (words.get(0).equals("enum")) {
                assertEquals(Integer.parseInt(place), types.constant(path.get(0), path.get(1)), line);
            } else if (place.equals("-")) {
                assertThrows(BtfException.class, () -> types.offset(words.get(0), path.toArray(String[]::new)), line);
            } else {
                assertEquals(Integer.parseInt(place), types.offset(words.get(0), path.toArray(String[]::new)), line);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void eventsHaveTypeDefinitions(RecordedKernel kernel) throws BtfException {
        assertTrue(kernel.types().typedef("btf_trace_sched_stat_runtime") > 0);
    }

    @Test
    void whatIsMissingIsNamed() {
        Btf types = RecordedKernel.LINUX_6_12.types();
        assertMessage("struct task_group has no field color", () -> types.offset("task_group", "color"));
        assertMessage("no struct nonsense", () -> types.offset("nonsense", "se"));
        assertMessage("no typedef btf_trace_nonsense", () -> types.typedef("btf_trace_nonsense"));
        assertMessage("cgroup_subsys_id has no tea", () -> types.constant("cgroup_subsys_id", "tea"));
        assertFalse(types.hasField("task_group", "color"));
        assertTrue(types.hasField("task_group", "se"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 23, 24, 25, 1000})
    void typesThatAreCutOffAreRefused(int length) {
        byte[] cut = Arrays.copyOf(RecordedKernel.LINUX_6_12.bytes(), length);
        assertThrows(BtfException.class, () -> Btf.of(cut));
    }

    @Test
    void anotherMagicNumberIsRefused() {
        byte[] bytes = RecordedKernel.LINUX_6_12.bytes();
        bytes[0]++;
        assertMessage("do not begin as BTF", () -> Btf.of(bytes));
    }

    @Test
    void aKindOfTypeThatIsNotKnownIsNamed() {
        byte[] bytes = types(0, 31 << 24, 0);
        assertMessage("unknown kind 31", () -> Btf.of(bytes));
    }

    @Test
    void aStructureThatRefersToATypeThatIsNotThereIsRefused() throws BtfException {
        Btf types = Btf.of(types(1, 4 << 24 | 1, 8, 3, 99, 0));
        assertMessage("refer to one that is not there", () -> types.offset("a", "b"));
    }

    /** Each of its fields is the structure itself, without a name: looked through one by one there would be no end. */
    @Test
    void aStructureThatLiesInItselfEndsTheSearch() throws BtfException {
        int members = 0xffff;
        int[] words = new int[3 + 3 * members];
        words[0] = 1;
        words[1] = 4 << 24 | members;
        for (int i = 0; i < members; i++) {
            words[3 + 3 * i + 1] = 1;
        }
        Btf types = Btf.of(types(words));
        assertMessage("has no field b", () -> types.offset("a", "b"));
    }

    @Test
    void aTypeDefinitionThatNamesItselfEndsTheSearch() throws BtfException {
        Btf types = Btf.of(types(1, 4 << 24 | 1, 8, 3, 2, 0, 3, 8 << 24, 2));
        assertMessage("has no field b.b", () -> types.offset("a", "b", "b"));
    }

    /** Makes a file of one type or more, and the names "", "a" and "b" at 0, 1 and 3. */
    private static byte[] types(int... words) {
        byte[] names = {0, 'a', 0, 'b', 0};
        ByteBuffer file =
                ByteBuffer.allocate(24 + words.length * 4 + names.length).order(ByteOrder.nativeOrder());
        file.putShort((short) 0xeb9f).put((byte) 1).put((byte) 0).putInt(24);
        file.putInt(0).putInt(words.length * 4).putInt(words.length * 4).putInt(names.length);
        for (int word : words) {
            file.putInt(word);
        }
        return file.put(names).array();
    }

    private static void assertMessage(String part, org.junit.jupiter.api.function.Executable read) {
        BtfException refused = assertThrows(BtfException.class, read);
        assertTrue(refused.getMessage().contains(part), refused.getMessage());
        assertTrue(refused.getMessage().length() < LONGEST);
    }
}
