package dev.vireo.cli;

import dev.vireo.CpuStatsOrigin;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes where CPU statistics come from. */
final class OriginJson {
    private OriginJson() {}

    static void write(JsonWriter json, @Nullable CpuStatsOrigin origin) {
        json.field(JsonField.ORIGIN);
        if (origin == null) {
            json.nothing();
            return;
        }
        json.beginObject().field(JsonField.SOURCE).string(origin.source());
        json.field(JsonField.SINCE).string(origin.since().name());
        json.field(JsonField.SINCE_TIME);
        if (origin.sinceTime().isPresent()) {
            json.string(origin.sinceTime().get().toString());
        } else {
            json.nothing();
        }
        json.field(JsonField.GENERATION).number(origin.generation());
        map(json.field(JsonField.MISSING), origin.missing());
        map(json.field(JsonField.NOTES), origin.notes());
        json.endObject();
    }

    private static void map(JsonWriter json, Map<String, String> texts) {
        json.beginObject();
        for (Map.Entry<String, String> text : texts.entrySet()) {
            json.key(text.getKey()).string(text.getValue());
        }
        json.endObject();
    }
}
