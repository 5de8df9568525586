package dev.vireo.exporter.page;

import static dev.vireo.exporter.page.Story.DB;
import static dev.vireo.exporter.page.Story.WEB;
import static dev.vireo.exporter.page.Story.at;
import static dev.vireo.exporter.page.Story.domain;
import static dev.vireo.exporter.page.Story.web;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private final History history = new History();

    private String document() {
        JsonEncoder json = new JsonEncoder(0);
        history.write(json);
        return new String(json.toBytes(), StandardCharsets.UTF_8);
    }

    private int times() {
        String document = document();
        return document.substring(0, document.indexOf(']')).split("2026-", -1).length - 1;
    }

    @Test
    void aPointIsTheRateSinceThePointBefore() {
        history.add(web(0, 0));
        history.add(web(1, 0.5));
        history.add(web(3, 1));
        assertEquals(
                "{\"times\":[\"2026-01-01T00:00:01Z\",\"2026-01-01T00:00:03Z\"],\"domains\":["
                        + "{\"uuid\":\"00000000-0000-0000-0000-000000000001\",\"id\":1,\"name\":\"web\","
                        + "\"cpu\":[0.5,0.25],\"delay\":[0.125,0.0625]}]}",
                document());
    }

    @Test
    void samplesThatComeFasterArePutTogetherAndNothingIsLost() {
        for (int sample = 0; sample <= 40; sample++) {
            history.add(web(sample * 0.25, sample % 4 == 3 ? (sample + 1) * 0.1 : (sample - sample % 4) * 0.1));
        }
        assertEquals(10, history.size());
        assertTrue(document().contains("\"cpu\":[0.4,0.4,0.4,0.4,0.4,0.4,0.4,0.4,0.4,0.4]"), document());
    }

    @Test
    void itTellsOfTenMinutesAndNoMore() {
        for (int sample = 0; sample <= 1000; sample++) {
            history.add(web(sample * 5, sample));
        }
        assertEquals(History.POINTS, history.size());
        assertEquals(121, times());
    }

    @Test
    void aSampleASecondMakesSixHundredPoints() {
        for (int sample = 0; sample <= 1000; sample++) {
            history.add(web(sample, sample));
        }
        assertEquals(History.POINTS, times());
    }

    @Test
    void aDomainThatComesHasNoPointsBeforeAndOneThatGoesIsForgotten() {
        history.add(web(0, 0));
        history.add(web(1, 1));
        history.add(at(2, builder -> {
            domain(DB, 2, 0).accept(builder);
            domain(WEB, 2, 2).accept(builder);
        }));
        history.add(at(3, builder -> {
            domain(DB, 3, 0.5).accept(builder);
            domain(WEB, 3, 3).accept(builder);
        }));
        assertTrue(document().contains("\"name\":\"db\",\"cpu\":[null,null,0.5]"), document());
        assertTrue(document().contains("\"name\":\"web\",\"cpu\":[1,1,1]"), document());
        history.add(at(4, domain(DB, 4, 1)));
        assertFalse(document().contains("web"), document());
        assertTrue(document().contains("\"cpu\":[null,null,0.5,0.5]"), document());
    }
}
