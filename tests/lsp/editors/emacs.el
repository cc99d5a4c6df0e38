;;; emacs.el --- diagnostics of unsaved text reach flymake  -*- lexical-binding: t -*-

;;; Commentary:

;; Emacs 28 with eglot: `emacs --batch -l emacs.el'.  FILE holds a socket that leaks, BLOCK is the
;; block for `init.el' that the documentation has.

;;; Code:

(package-initialize)
(require 'eglot)
(require 'flymake)

;; Of Rust's mode only the name matters here.
(define-derived-mode rust-mode prog-mode "Rust")
(add-to-list 'auto-mode-alist '("\\.rs\\'" . rust-mode))
(load (getenv "BLOCK") nil t)
(setq eglot-sync-connect t
      eglot-autoshutdown nil
      eglot-send-changes-idle-time 0.05
      flymake-no-changes-timeout 0.05)

(defun fail (format &rest arguments)
  "Say what is wrong, as FORMAT and ARGUMENTS have it, and end."
  (message "emacs: %s" (apply #'format format arguments))
  (kill-emacs 1))

(defun await (what condition)
  "Wait until CONDITION holds; WHAT names it."
  (let ((deadline (+ (float-time) 30)) value)
    (while (not (setq value (funcall condition)))
      (when (> (float-time) deadline)
        (fail "%s did not come" what))
      (accept-process-output nil 0.05))
    value))

(find-file (getenv "FILE"))
;; In batch mode the project is the file's folder's unless it is told.
(setq-local project-find-functions
            (list (lambda (_) (cons 'transient (getenv "ROOT")))))
(apply #'eglot--connect (eglot--guess-contact))
(await "the connection" #'eglot-managed-p)
(flymake-mode 1)
(flymake-start)

(defun shown ()
  "The diagnostics that flymake shows."
  (flymake-diagnostics))

(let* ((found (car (await "the finding" #'shown)))
       (line (save-excursion
               (goto-char (flymake-diagnostic-beg found))
               (buffer-substring (line-beginning-position) (line-end-position)))))
  (unless (string-match-p "= socket(" line)
    (fail "the finding is shown at: %s" line))
  (unless (string-match-p "never closed" (flymake-diagnostic-text found))
    (fail "the finding says: %s" (flymake-diagnostic-text found))))

;; The leak is mended, and not saved.
(goto-char (point-min))
(search-forward "bind(s")
(forward-line 1)
(insert "            if closesocket(s) != 0 { return None; }\n")
(eglot--signal-textDocument/didChange)
(await "the end of the finding" (lambda () (null (shown))))
(undo-boundary)
(goto-char (point-min))
(search-forward "            if closesocket(s) != 0 { return None; }\n")
(replace-match "")
(eglot--signal-textDocument/didChange)
(await "the finding again" #'shown)
(set-buffer-modified-p nil)
(eglot-shutdown (eglot-current-server))
(message "emacs: flymake shows unclosed_socket in unsaved text")
(kill-emacs 0)
;;; emacs.el ends here
