// One macro for code that runs on both sides: the tests run on the processor what a card runs.
#pragma once

#ifdef __CUDACC__
#define LF_HOST_DEVICE __host__ __device__
#else
#define LF_HOST_DEVICE
#endif
