package io.strongroom.console;

import io.strongroom.api.officer.OfficerFolder;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Screen;
