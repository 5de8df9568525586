package dev.vireo.it;

import java.util.UUID;

/**
 * A guest that runs in a control group of a test's making.
 *
 * @param name its name
 * @param uuid its uuid
 * @param libvirtId the id in the name of its group
 * @param guest the process
 * @param group the group
 * @param kernel what the kernel says of the group
 */
record PlacedGuest(String name, UUID uuid, int libvirtId, Guest guest, ControlGroup group, IndependentReader kernel) {}
