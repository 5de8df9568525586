package dev.vireo.it.violations.spi;

/** A type that is for drivers. */
public interface Session {}
