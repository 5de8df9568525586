package dev.vireo.it;

import java.util.UUID;

/**
 * A guest that runs in a control group of a test's making.
 *
 * @param name its name
 * @param uuid its uuid
 * @param id libvirt's id where its group has it, else its pid
 * @param guest the process
 * @param group the group
 * @param kernel what the kernel says of the group
 */
record PlacedGuest(String name, UUID uuid, int id, Guest guest, ControlGroup group, IndependentReader kernel) {}
