package dev.vireo.it.kernel;

import java.io.IOException;
import java.util.List;

/**
 * What is tried inside a kernel that was booted for it: the program that its first process runs. It prints a line for each
 * check, {@code CHECK NAME passed} or {@code CHECK NAME failed: REASON}, and in the end {@code CHECKED}.
 */
public final class InsideKernel {
    private interface Check {
        void run() throws Exception;
    }

    private InsideKernel() {}

    public static void main(String[] arguments) throws IOException {
        try (LoadedGuest guest = new LoadedGuest()) {
            checkAll(guest);
        }
        System.out.println("CHECKED");
    }

    private static void checkAll(LoadedGuest guest) {
        SourcesAgree sources = new SourcesAgree(guest);
        CpusComeAndGo cpus = new CpusComeAndGo(guest);
        check("sched-group", sources::schedGroupAgrees);
        check("sched-group-on-the-right-cpu", sources::schedGroupPutsTimeOnTheRightCpu);
        check("sched-group-and-remote-wakeups", sources::remoteWakeupsMoveNoTime);
        check("sched-events", () -> sources.eventsAgree("sched-events"));
        check("perf", sources::perfCounts);
        check("hotplug", cpus::countsSurviveACpusAbsence);
        check("possible-cpus", CpusComeAndGo::thereIsRoomForAllPossibleCpus);
        check("many-groups", GroupsComeAndGo::manyGroupsAreReadAndLeftAlone);
        check("gone-guests", GroupsComeAndGo::theGroupsOfEndedGuestsGo);
        check("privileges", () -> new Privileges(guest).check());
        check("real-time", sources::realTimeThreadsAreNotMissed);
        check("controller-off-and-on", GroupsComeAndGo::aControllerSwitchedOffAndOnIsAnotherGeneration);
        check("young-guest", GroupsComeAndGo::aYoungGuestsControllerIsYoungerAllTheSame);
        // the last one, since a group with controllers below it keeps its own
        check("vcpu-groups", new VcpusByGroups(guest)::vcpusAreToldByTheirGroups);
    }

    private static void check(String name, Check check) {
        try {
            check.run();
            System.out.println("CHECK " + name + " passed");
        } catch (Exception | AssertionError failed) {
            System.out.println("CHECK " + name + " failed: " + failed);
        }
    }

    static void require(boolean condition, Object... what) {
        if (!condition) {
            throw new AssertionError(List.of(what).toString());
        }
    }
}
