package dev.vireo.cli.plot;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which domains of a recording are drawn. */
final class DomainChoice {
    private static final int MOST_SUGGESTIONS = 10;

    private final PlotRequest request;
    private final Summary summary;

    DomainChoice(PlotRequest request, Summary summary) {
        this.request = request;
        this.summary = summary;
    }

    /** Returns them, those that used most first. */
    List<DomainUse> domains() throws PlotException {
        List<DomainUse> all = summary.domains();
        if (summary.snapshots() < 2) {
            throw new PlotException(
                    request.recording() + ": a rate needs two snapshots, and the recording has " + summary.snapshots());
        }
        if (all.isEmpty()) {
            throw new PlotException(request.recording() + ": no domain was running while it was recorded");
        }
        return request.domains().isEmpty() ? all : asked(all);
    }

    private List<DomainUse> asked(List<DomainUse> all) throws PlotException {
        Set<DomainUse> asked = new LinkedHashSet<>();
        for (String word : request.domains()) {
            List<DomainUse> found = all.stream()
                    .filter(use ->
                            use.name().equals(word) || use.uuid().toString().equalsIgnoreCase(word))
                    .toList();
            if (found.isEmpty()) {
                throw new PlotException(
                        request.recording() + ": there is no domain '" + word + "' in it, but " + names(all));
            }
            asked.addAll(found);
        }
        List<DomainUse> sorted = new ArrayList<>(all);
        sorted.retainAll(asked);
        return sorted;
    }

    private static String names(List<DomainUse> all) {
        String names = String.join(
                ", ", all.stream().limit(MOST_SUGGESTIONS).map(DomainUse::name).toList());
        int more = all.size() - MOST_SUGGESTIONS;
        return more > 0 ? names + " and " + more + " more" : names;
    }
}
