// Linked into the program, this ends it where the processor lacks what it was compiled for.
#ifndef ECGLENS_CSTART_H
#define ECGLENS_CSTART_H

/// The exit status then: the machine lacks what the program needs.
#define ECG_STATUS_UNFIT 69

#endif
