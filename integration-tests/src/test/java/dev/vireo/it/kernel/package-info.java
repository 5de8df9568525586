/** Other kernels than this host's, booted in QEMU to try there what this host cannot show. */
package dev.vireo.it.kernel;
