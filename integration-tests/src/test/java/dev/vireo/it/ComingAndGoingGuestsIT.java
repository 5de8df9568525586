package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vireo.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ten thousand guests, one batch after the other, seen through one connection. */
class ComingAndGoingGuestsIT {
    private static final int BATCHES = 20;
    private static final int GUESTS = 500;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @RegisterExtension
    final Scene scene = new Scene();

    @Test
    void eachBulkReadTellsOfThoseThatRunAndNothingOfThemStaysOpen() throws IOException {
        try (Connection connection = Connection.open(RealGuestContract.URI)) {
            comeAndGo(connection);
            int before = OpenDescriptors.all().size();
            for (int batch = 0; batch < BATCHES; batch++) {
                comeAndGo(connection);
            }
            List<String> after = OpenDescriptors.all();
            assertEquals(before, after.size(), after::toString);
        }
        assertEquals(List.of(), OpenDescriptors.kernelFiles());
    }

    private void comeAndGo(Connection connection) throws IOException {
        String prefix = UniqueNames.next();
        try (Lookalikes guests = Lookalikes.start(scene.program("lookalike"), prefix, GUESTS)) {
            // one whose command line is slow in coming is called after its pid until it has come
            Await.until(
                    "all are told",
                    LIMIT,
                    () -> Sweep.of(connection)
                            .names(prefix + "-")
                            .equals(guests.pids().keySet()));
        }
        assertEquals(Set.of(), Sweep.of(connection).names(prefix + "-"));
    }
}
