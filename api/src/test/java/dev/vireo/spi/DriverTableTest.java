package dev.vireo.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Operation;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DriverTableTest {
    private static final DomainSuspend SUSPEND = domain -> {};
    private static final DomainDestroy DESTROY = domain -> {};

    @Test
    void aTableHasWhatWasPutIntoIt() {
        DriverTable table =
                DriverTable.builder().with(Slot.DOMAIN_DESTROY, DESTROY).build();
        assertSame(DESTROY, table.find(Slot.DOMAIN_DESTROY));
        assertNull(table.find(Slot.DOMAIN_SUSPEND));
        assertEquals(Set.of(Operation.DOMAIN_DESTROY), table.operations());
    }

    @Test
    void everythingThatIsWrongIsNamedAtOnce() {
        DriverTable.Builder builder = DriverTable.builder()
                .with(Slot.DOMAIN_SUSPEND, SUSPEND)
                .with(Slot.DOMAIN_DESTROY, DESTROY)
                .with(Slot.DOMAIN_DESTROY, DESTROY)
                .with(Slot.NODE_GET_INFO, null);
        String message =
                assertThrows(IllegalStateException.class, builder::build).getMessage();
        assertTrue(message.contains("DOMAIN_DESTROY is there twice"), message);
        assertTrue(message.contains("NODE_GET_INFO is null"), message);
        assertTrue(message.contains("[DOMAIN_RESUME] is missing"), message);
    }
}
