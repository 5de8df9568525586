package dev.vireo.monitor;

import java.util.ArrayList;
import java.util.List;

/**
 * Lists of indexes, of which domains share one where they have the same: as a rule all have the host's CPUs, and vCPUs from 0
 * on. So a snapshot holds a reference for each domain, not a list. Not thread-safe.
 */
final class IndexLists {
    /** More lists of one length than this are as good as all different. */
    private static final int MOST_OF_ONE_LENGTH = 16;

    private final List<List<int[]>> byLength = new ArrayList<>();

    /** Returns the list of a domain's indexes, shared and never to be changed. */
    int[] of(Cells cells) {
        List<int[]> same = ofLength(cells.count());
        for (int i = 0; i < same.size(); i++) { // an iterator would be garbage
            int[] list = same.get(i);
            if (cells.hasIndexes(list)) {
                return list;
            }
        }
        int[] list = cells.copyIndexes();
        if (same.size() < MOST_OF_ONE_LENGTH) {
            same.add(list);
        }
        return list;
    }

    private List<int[]> ofLength(int length) {
        while (byLength.size() <= length) {
            byLength.add(new ArrayList<>(1));
        }
        return byLength.get(length);
    }
}
