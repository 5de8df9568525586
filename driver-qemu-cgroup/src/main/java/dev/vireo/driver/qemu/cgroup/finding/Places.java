package dev.vireo.driver.qemu.cgroup.finding;

import dev.vireo.driver.qemu.cgroup.reading.CounterSource;
import dev.vireo.driver.qemu.cgroup.reading.SchedulerGroup;
import dev.vireo.driver.qemu.cgroup.reading.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where guests are: which control group each is read from, and that no two are read from one. Guarded by the finder's lock.
 */
final class Places {
    private final GroupChoice groupChoice;
    private final Workspace space;
    // what a pass comes to holds for the next one where neither guests nor their groups have changed: it is made once
    private final List<FoundGuest> looked = new ArrayList<>();
    private Set<Integer> pids = Set.of();
    private final List<FoundGuest> settled = new ArrayList<>();
    private final List<GroupChoice.@Nullable Choice> choices = new ArrayList<>();
    private Set<Path> taken = Set.of();

    Places(HostView host, Workspace space) {
        this.groupChoice = new GroupChoice(host);
        this.space = space;
    }

    /** Looks where each guest is. */
    void look(List<FoundGuest> guests, long now) {
        startPass(guests);
        for (FoundGuest guest : guests) {
            look(guest, now);
        }
    }

    /** Looks where one guest is; returns whether that is another place than before. */
    boolean look(FoundGuest guest, List<FoundGuest> guests, long now) {
        startPass(guests);
        return look(guest, now);
    }

    private void startPass(List<FoundGuest> guests) {
        if (!areSame(guests, looked)) {
            looked.clear();
            looked.addAll(guests);
            pids = new HashSet<>();
            for (FoundGuest guest : guests) {
                pids.add(guest.process().pid());
            }
        }
        groupChoice.startPass(pids);
    }

    @SuppressWarnings("ReferenceEquality") // one that is found anew is another
    private static boolean areSame(List<FoundGuest> guests, List<FoundGuest> before) {
        boolean same = guests.size() == before.size();
        for (int i = 0; same && i < guests.size(); i++) {
            same = guests.get(i) == before.get(i);
        }
        return same;
    }

    private boolean look(FoundGuest guest, long now) {
        try {
            return guest.look(groupChoice, space.text(), now);
        } catch (IOException unreadable) {
            // ended, which the next look finds out; or for want of descriptors: then it is where it was
            return false;
        }
    }

    /** Looks where the cpu controller has a guest. */
    SchedulerGroup schedulerGroup(FoundGuest guest, List<FoundGuest> guests) throws IOException {
        startPass(guests);
        return guest.schedulerGroup(groupChoice, space.text());
    }

    /** Has each guest read where it is, and those that are in one group from their processes; returns those to be shown. */
    List<Guest> settle(List<FoundGuest> guests, long now) {
        if (!areWhereTheyWere(guests)) {
            settled.clear();
            settled.addAll(guests);
            choices.clear();
            guests.forEach(guest -> choices.add(guest.choice()));
            taken = takenTwice(guests);
        }
        List<Guest> shown = new ArrayList<>();
        for (FoundGuest guest : guests) {
            CounterSource source = source(guest);
            if (source != null) {
                guest.moveTo(source, space.at(now));
                shown.add(guest.guest());
            }
        }
        return shown;
    }

    @SuppressWarnings("ReferenceEquality") // a choice is made anew when something has changed
    private boolean areWhereTheyWere(List<FoundGuest> guests) {
        boolean same = areSame(guests, settled);
        for (int i = 0; same && i < guests.size(); i++) {
            same = guests.get(i).choice() == choices.get(i);
        }
        return same;
    }

    private static Set<Path> takenTwice(List<FoundGuest> guests) {
        Map<Path, FoundGuest> owners = new HashMap<>();
        Set<Path> taken = new HashSet<>();
        for (FoundGuest guest : guests) {
            Path group = ownGroup(guest);
            if (group != null && owners.put(group, guest) != null) {
                taken.add(group);
            }
        }
        return taken;
    }

    private @Nullable CounterSource source(FoundGuest guest) {
        GroupChoice.Choice choice = guest.choice();
        if (choice == null) {
            return null;
        }
        Path group = ownGroup(guest);
        return group != null && taken.contains(group)
                ? groupChoice.shared("its control group (" + choice.path() + ") also holds another guest")
                : choice.source();
    }

    private static @Nullable Path ownGroup(FoundGuest guest) {
        GroupChoice.Choice choice = guest.choice();
        if (choice != null && choice.source() instanceof CounterSource.V1 v1) {
            return v1.group();
        }
        return choice != null && choice.source() instanceof CounterSource.V2 v2 ? v2.group() : null;
    }
}
