package dev.vireo.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.ConnectionUri;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UriOptionsTest {
    private static final UriOption<Integer> CPUS = UriOption.integer("cpus", 1, 8);
    private static final UriOption<Path> SYSFS = UriOption.path("sysfs");
    private static final UriOption<TimeUnit> UNIT = UriOption.oneOf("unit", TimeUnit.class);

    private static UriOptions read(String query) {
        return UriOptions.read(ConnectionUri.parse("test:///default?" + query), "fake", List.of(CPUS, SYSFS, UNIT));
    }

    @Test
    void optionsArriveTyped() {
        UriOptions options = read("cpus=8&sysfs=/a%20b&unit=seconds");
        assertEquals(Optional.of(8), options.find(CPUS));
        assertEquals(Optional.of(Path.of("/a b")), options.find(SYSFS));
        assertEquals(Optional.of(TimeUnit.SECONDS), options.find(UNIT));
    }

    @Test
    void anOptionThatIsNotThereIsEmpty() {
        assertEquals(Optional.empty(), read("").find(CPUS));
    }

    @Test
    void anUnknownOptionIsAnErrorThatListsTheKnown() {
        HypervisorException error = assertThrows(HypervisorException.class, () -> read("cpu=2"));
        assertEquals(ErrorCode.INVALID_ARG, error.code());
        assertTrue(error.getMessage().contains("cpus=1..8, sysfs=an absolute path"), error.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"cpus=0", "cpus=9", "cpus=two", "cpus", "sysfs=a/b", "sysfs=", "unit=weeks", "cpus=1&cpus=2"})
    void aWrongValueIsAnErrorThatNamesTheOption(String query) {
        HypervisorException error = assertThrows(HypervisorException.class, () -> read(query));
        assertEquals(ErrorCode.INVALID_ARG, error.code());
        assertTrue(error.getMessage().contains("'" + query.split("=", 2)[0] + "'"), error.getMessage());
    }
}
