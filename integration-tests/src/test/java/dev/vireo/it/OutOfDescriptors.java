package dev.vireo.it;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.HypervisorException;
import dev.vireo.TypedParameters;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads a guest while this process has no file descriptor left, and again afterwards; prints what each answers. */
final class OutOfDescriptors {
    private OutOfDescriptors() {}

    public static void main(String[] arguments) throws IOException {
        try (Connection connection = Connection.open(arguments[0])) {
            Domain domain = connection.getDomainByName("web");
            List<Closeable> hoard = takeAllDescriptors();
            System.out.println(answer(domain));
            for (Closeable file : hoard) {
                file.close();
            }
            System.out.println(answer(domain));
            System.out.println(domain.equals(connection.getDomainByName("web")));
        }
    }

    private static String answer(Domain domain) {
        TypedParameters params = TypedParameters.allocate(1);
        try {
            domain.getCpuStats(params, 1, -1, 1, 0);
            return params.toString();
        } catch (HypervisorException error) {
            return error.code().toString();
        }
    }

    private static List<Closeable> takeAllDescriptors() {
        List<Closeable> hoard = new ArrayList<>();
        try {
            while (true) {
                hoard.add(new FileInputStream("/dev/null"));
            }
        } catch (IOException noneLeft) {
            return hoard;
        }
    }
}
