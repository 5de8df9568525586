package dev.vireo.driver.qemu.cgroup;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Ways to spoil a text: a byte changed, one put in, the rest cut off, a part left out. */
public final class Mutations {
    /** Changes a copy of a text. */
    @FunctionalInterface
    public interface Mutation {
        byte[] apply(byte[] text);

        default Mutation then(Mutation next) {
            return text -> next.apply(apply(text));
        }
    }

    private Mutations() {}

    /** One or two at places anywhere, with bytes that formats have a meaning for or with any. */
    public static Arbitrary<Mutation> few() {
        Arbitrary<Byte> bytes = Arbitraries.oneOf(
                Arbitraries.of(
                        (byte) ' ', (byte) '\n', (byte) '0', (byte) '9', (byte) '-', (byte) '(', (byte) ')', (byte) 0),
                Arbitraries.bytes());
        Arbitrary<Mutation> one = Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.doubles().between(0, 1),
                        bytes)
                .as(Mutations::at);
        return Arbitraries.oneOf(one, Combinators.combine(one, one).as(Mutation::then));
    }

    private static Mutation at(int kind, double place, byte with) {
        return text -> {
            int at = (int) (place * Math.max(0, text.length - 1));
            return switch (kind) {
                case 0 -> changed(text, at, with);
                case 1 -> joined(Arrays.copyOf(text, at), new byte[] {with}, Arrays.copyOfRange(text, at, text.length));
                case 2 -> Arrays.copyOf(text, at);
                default ->
                    joined(
                            Arrays.copyOf(text, at),
                            Arrays.copyOfRange(text, Math.min(text.length, at + 1 + (with & 15)), text.length));
            };
        };
    }

    private static byte[] changed(byte[] text, int at, byte with) {
        byte[] result = text.clone();
        if (result.length > 0) {
            result[at] = with;
        }
        return result;
    }

    private static byte[] joined(byte[]... parts) {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
