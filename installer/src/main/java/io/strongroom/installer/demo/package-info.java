/** The main job from one end to the other, on a throwaway appliance. */
@NullMarked
package io.strongroom.installer.demo;

import org.jspecify.annotations.NullMarked;
