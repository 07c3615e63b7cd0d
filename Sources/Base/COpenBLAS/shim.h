// The BLAS by its C interface; LAPACK by its Fortran symbols, since Debian 12's OpenBLAS has no LAPACKE.
// Matrices of LAPACK are column-major. The trailing lengths are those of the character arguments.
#include <cblas.h>
#include <stddef.h>

// Solves A X = B by Cholesky's factorization of a symmetric positive definite matrix.
void dposv_(const char *uplo, const blasint *n, const blasint *nrhs, double *a, const blasint *lda,
            double *b, const blasint *ldb, blasint *info, size_t uplo_length);
// Solves least squares problems by a QR factorization, for a matrix of full rank.
void dgels_(const char *trans, const blasint *m, const blasint *n, const blasint *nrhs, double *a,
            const blasint *lda, double *b, const blasint *ldb, double *work, const blasint *lwork,
            blasint *info, size_t trans_length);
// Eigenvalues and eigenvectors of a symmetric matrix.
void dsyev_(const char *jobz, const char *uplo, const blasint *n, double *a, const blasint *lda,
            double *w, double *work, const blasint *lwork, blasint *info, size_t jobz_length,
            size_t uplo_length);
