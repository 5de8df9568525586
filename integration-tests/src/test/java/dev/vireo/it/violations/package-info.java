/** A small project that breaks every rule of the architecture once, so that the tests see each rule fire. */
package dev.vireo.it.violations;
